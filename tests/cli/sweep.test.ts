import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readJob, UsageError } from '../../src/cli/arguments.ts'

const program = fileURLToPath(new URL('../../src/cli/simulate.ts', import.meta.url))

function simulate(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', program, ...words],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  return { status, stdout, stderr }
}

interface Report {
  readonly config: { readonly depth: number }
  readonly layers: Readonly<Record<string, readonly unknown[]>>
}

const SMALL = 'width=8&batch=4&depth=6'

describe('readJob(words) with --sweep', () => {
  it('gives the network with each of the values, words as well as numbers', () => {
    const { sweep } = readJob([SMALL, '--sweep', 'depth=5,10, 20'])
    expect(sweep?.values).toEqual([5, 10, 20])
    expect(sweep?.configs.map(({ depth, width }) => [depth, width])).toEqual([
      [5, 8],
      [10, 8],
      [20, 8],
    ])
    expect(readJob([SMALL, '--sweep', 'act=relu,tanh']).sweep?.values).toEqual(['relu', 'tanh'])
    expect(readJob([SMALL]).sweep).toBeUndefined()
  })

  it.each([
    ['depth=0', /--sweep depth=0; legal is a whole number from 1 to 50000/],
    ['depth=5,x', /--sweep depth=x; legal is a whole number/],
    ['depth=', /--sweep depth=; legal is a whole number/],
    ['depth=5,5', /--sweep depth=5; legal is each value once/],
    ['nobody=1', /--sweep=nobody=1; legal is .*depth width batch/],
    ['__proto__=1', /legal is .*depth width batch/],
    ['depth', /--sweep=depth; legal is key=value,value/],
    [`seed=${Array.from({ length: 33 }, (_, i) => i).join()}`, /legal is up to 32 values/],
  ])('refuses %s, and names key, value and what is legal', (words, message) => {
    expect(() => readJob([SMALL, '--sweep', words])).toThrow(UsageError)
    expect(() => readJob([SMALL, '--sweep', words])).toThrow(message)
  })

  it('refuses a value that the other settings do not allow', () => {
    const words = ['data=repeated&distinct=8', '--sweep', 'batch=16,4']
    expect(() => readJob(words)).toThrow(/--sweep batch=4; legal is distinct: 1 ... 4/)
  })

  it('takes spectra of layers that all of the networks have, and writes no network', () => {
    const sweep = ['--sweep', 'depth=5,10']
    expect(readJob([SMALL, ...sweep, '--spectra', '5']).spectra).toEqual([5])
    expect(() => readJob([SMALL, ...sweep, '--spectra', '6'])).toThrow(/layers 0 ... 5/)
    expect(() => readJob([SMALL, ...sweep, '--network', 'a.npz'])).toThrow(UsageError)
  })
})

describe('simulate --sweep', () => {
  it('prints a report for each value, the same as without the sweep', () => {
    const { status, stdout } = simulate(SMALL, '--sweep', 'depth=2,6')
    expect(status).toBe(0)
    const { sweep, runs } = JSON.parse(stdout) as { sweep: object; runs: readonly Report[] }
    expect(sweep).toEqual({ key: 'depth', values: [2, 6] })
    expect(runs.map(({ config }) => config.depth)).toEqual([2, 6])
    const alone = JSON.parse(simulate(SMALL).stdout) as Report
    expect(runs[1]?.layers).toEqual(alone.layers)
  })

  it('puts the value in front of every line of CSV, and the key in front of its head', () => {
    const { stdout } = simulate(SMALL, '--sweep', 'act=relu,tanh', '--format', 'csv')
    const [head, ...lines] = stdout.trimEnd().split('\n')
    expect(head).toBe('act,seed,layer,statistic,value')
    expect(lines).toHaveLength(2 * 13 * 7)
    expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(new Set(['relu', 'tanh']))
    expect(lines.every((line) => line.split(',').length === 5)).toBe(true)
  })

  it('ends with 2 where a value is illegal, and prints nothing', () => {
    const { status, stdout, stderr } = simulate(SMALL, '--sweep', 'depth=1,50001')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('illegal value: --sweep depth=50001')
  })
})
