import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadDigits } from '../../src/engine/loadDigits.ts'
import { networkArrays } from '../../src/engine/networkArrays.ts'
import { referenceBackend } from '../../src/engine/reference/runner.ts'
import { statisticIds } from '../../src/engine/statistics.ts'
import { type JsonNumber, jsonNumber, resolvedConfig } from '../../src/export/json.ts'
import { encodeNpz } from '../../src/export/npy.ts'
import { pythonScript } from '../../src/export/pythonScript.ts'
import { activationIds } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig, orderIds } from '../../src/model/config.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { inputIds } from '../../src/model/inputs.ts'
import { mixingIds } from '../../src/model/mixings.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { normalizationIds } from '../../src/model/normalizations.ts'
import { run, type TestRun } from '../engine/run.ts'
import { SCRIPT } from '../tolerances.ts'
import { hasNumpy, hasPython, hasTorch, python } from './python.ts'

type Overrides = Partial<NetworkConfig>

const small = { depth: 12, width: 12, batch: 8 }

/** What a script prints. */
interface Report {
  readonly config: unknown
  readonly constants: { readonly a: number; readonly b: number }
  readonly layers: Readonly<Record<string, readonly JsonNumber[]>>
  readonly bands?: Readonly<
    Record<string, { readonly low: readonly JsonNumber[]; readonly high: readonly JsonNumber[] }>
  >
  readonly spectra: readonly {
    readonly layer: number
    readonly log10_singular_values: readonly JsonNumber[]
  }[]
  readonly summary: { readonly gradient_growth: JsonNumber; readonly gsc_growth: JsonNumber }
}

const folder = mkdtempSync(join(tmpdir(), 'script-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const networkOf = (overrides: Overrides) => resolveNetwork({ ...defaultConfig, ...overrides })

function scriptOf(overrides: Overrides, flavour: 'numpy' | 'torch' = 'numpy'): string {
  const link = 'https://example.org/#act="""'
  return pythonScript({ network: networkOf(overrides), link, version: '1.2.3', flavour })
}

let files = 0
function written(content: string | Uint8Array, ending: string): string {
  const file = join(folder, `${files++}.${ending}`)
  writeFileSync(file, content)
  return file
}

function report(script: string, ...args: readonly string[]): Report {
  return JSON.parse(python(written(script, 'py'), ...args)) as Report
}

/** Throws unless both are the same kind of value and numbers are near. */
function expectNear(name: string, found: readonly JsonNumber[], row: ArrayLike<number>): void {
  expect(found, name).toHaveLength(row.length)
  for (const [layer, value] of found.entries()) {
    const expected = jsonNumber(row[layer]!)
    if (typeof expected !== 'number') expect(value, `${name}[${layer}]`).toBe(expected)
    else expect(Math.abs(Number(value ?? NaN) - expected), `${name}[${layer}]`).toBeLessThan(SCRIPT)
  }
}

function expectSame(found: Report, expected: TestRun): void {
  for (const id of statisticIds) expectNear(id, found.layers[id]!, expected.rows[id])
  expect(found.spectra.map(({ layer }) => layer)).toEqual(
    expected.spectra.map(({ layer }) => layer),
  )
  for (const [i, { layer, log10SingularValues }] of expected.spectra.entries())
    expectNear(`spectrum ${layer}`, found.spectra[i]!.log10_singular_values, log10SingularValues)
  const { gradientGrowth, gscGrowth } = expected.summary
  expectNear('growth', [found.summary.gradient_growth], [gradientGrowth ?? NaN])
  expectNear('gsc growth', [found.summary.gsc_growth], [gscGrowth ?? NaN])
}

const cases: Readonly<Record<string, Overrides>> = {
  defaults: {},
  'ReLU and batch norm explode': { act: 'relu', norm: 'batch', depth: 60, sw: 1.4 },
  'orthogonal filters in blocks': {
    mix: 'orthogonal',
    tie: 'depth',
    branch: 3,
    init: 'orthogonal',
  },
  'self-normalizing erf': { act: 'erf', gpn: 1, init: 'orthogonal', depth: 40, sb: 0.2 },
  'linear, batch norm without centring': {
    act: 'linear',
    norm: 'batch_uncentered',
    init: 'orthogonal',
    batch: 12,
  },
  'GELU and layer norm, pre-activation residual blocks': {
    act: 'gelu',
    norm: 'layer',
    order: 'norm_act_linear',
    mix: 'skip',
    tie: 'sum',
    branch: 2,
  },
  'rms norm, pre-activation, uniform': {
    act: 'silu',
    norm: 'rms',
    order: 'norm_act_linear',
    init: 'uniform',
  },
  'looks linear': { act: 'relu', init: 'looks_linear', depth: 30, data: 'circle' },
  'mirrored weights that cancel': { act: 'abs', init: 'looks_linear' },
  'tied weights, a recurrent network': {
    tied: 1,
    mix: 'orthogonal',
    tie: 'energy',
    alpha: 0.8,
    sb: 0.1,
  },
  'saturated tanh': { gain: 8, sw: 1.5, depth: 20 },
  'saturated tanh, pre-activation': { gain: 8, sw: 1.5, order: 'norm_act_linear', sb: 0.3 },
  'a signal that vanishes beyond float range': { sw: 0.1, depth: 400, init: 'orthogonal' },
  'a signal that explodes beyond float range': {
    act: 'leaky_relu',
    slope: 0.3,
    sw: 10,
    sb: 1,
    depth: 400,
  },
  'a free residual sum that explodes': {
    mix: 'skip',
    tie: 'free',
    alpha: 10,
    norm: 'layer',
    depth: 400,
  },
  'shaped softplus': { act: 'softplus', gain: 1.5, gain_decay: 0.5, data: 'correlated', rho: 0.9 },
  'batch norm over two samples': { norm: 'batch', batch: 2, data: 'repeated', distinct: 2 },
  'layer norm over two units': { norm: 'layer', width: 2, act: 'mish' },
  'several seeds': { seeds: 4, act: 'elu', depth: 20 },
  'weights of zero': { sw: 0, act: 'sigmoid' },
}

describe.skipIf(!hasNumpy)('a NumPy script (needs python3 with NumPy)', () => {
  test.each(Object.entries(cases))('%s: prints what the engine measures', async (_, overrides) => {
    const config = { ...small, ...overrides }
    const layers = [0, 1, Math.floor(config.depth / 2), config.depth]
    const found = report(scriptOf(config), '--spectra', layers.join(','))
    const expected = await run(config, { spectra: layers })
    expectSame(found, expected)
    const network = networkOf(config)
    expect(found.config).toEqual(resolvedConfig(network))
    expect(found.constants).toEqual({ a: network.a, b: network.b })
    for (const id of config.seeds === undefined ? [] : statisticIds) {
      expectNear(`${id} low`, found.bands![id]!.low, expected.bands![id].low)
      expectNear(`${id} high`, found.bands![id]!.high, expected.bands![id].high)
    }
  })

  test('takes every array from the exported file, which digits cannot do without', async () => {
    const config = { ...small, data: 'digits', mix: 'orthogonal', sb: 0.5, seed: 9 } as const
    const digits = await loadDigits(new URL('../../public/', import.meta.url).href)
    const network = networkOf(config)
    const opening = { network, seed: 9, digits, weightBytes: 2 ** 24 }
    const npz = written(encodeNpz({ ...(await networkArrays(referenceBackend, opening)) }), 'npz')
    // Another seed: whatever is not taken from the file shows.
    const script = scriptOf({ ...config, seed: 8 })
    expectSame(report(script, npz, '--spectra', '5'), await run(config, { spectra: [5] }))
    expect(() => report(script)).toThrow('give the exported .npz file')
  })

  test("reads the last layer's spectrum by itself, and none where none is wanted", () => {
    const script = scriptOf(small)
    expect(report(script).spectra.map(({ layer }) => layer)).toEqual([small.depth])
    expect(report(script, '--spectra', '').spectra).toEqual([])
  })
})

/** One configuration for each entry of each table, mixed and not. */
const everyEntry: readonly Overrides[] = [
  ...activationIds.map((act) => ({ act, gain: 2 })),
  ...normalizationIds.flatMap((norm) =>
    orderIds.map((order) => ({ norm, order, gpn: 1 as const })),
  ),
  ...normalizationIds.map((norm) => ({ norm, mix: 'skip' as const, branch: 2 })),
  ...initializationIds.map((init) => ({ init, sb: 1 })),
  ...mixingIds.map((mix) => ({ mix, tied: 1 as const })),
  ...inputIds.map((data) => ({ data, seeds: 3 })),
]
const allScripts = everyEntry.flatMap((overrides) => [
  scriptOf(overrides),
  scriptOf(overrides, 'torch'),
])

test.skipIf(!hasPython)('every script of either flavour compiles (needs python3)', () => {
  python('-m', 'py_compile', ...allScripts.map((script) => written(script, 'py')))
})

const MAX_COLUMNS = 100

test('no script has a line too long to read, trailing blanks or what its network does not need', () => {
  for (const script of allScripts) {
    const long = script.split('\n').filter((line) => line.length > MAX_COLUMNS || /\s$/.test(line))
    expect(long).toEqual([])
    for (const [, name, constant] of script.matchAll(/^(?:def|class) (\w+)|^([A-Z_]+) = /gm)) {
      const word = new RegExp(`\\b${name ?? constant!}\\b`)
      expect(script.split(word).length, `uses of ${String(word)}`).toBeGreaterThan(2)
    }
  }
  expect(scriptOf({})).not.toMatch(/haar|normalize|uniforms|GAIN|ALPHA|bias/)
})

test('a script says in its docstring where it comes from, and a link cannot end it', () => {
  const script = scriptOf({})
  expect(script.split('"""')[1]).toContain('https://example.org/#act=%22%22%22')
  expect(script).toContain('Written by Depthscope 1.2.3.')
})

test.skipIf(!hasTorch)(
  'PyTorch scripts print what the engine measures (needs python3 with PyTorch)',
  { timeout: 600_000 },
  async () => {
    const plain = Object.entries(cases).filter(
      ([title]) => !/beyond|explodes|cancel|saturated/.test(title),
    )
    for (const [, overrides] of plain) {
      const config = { ...small, ...overrides }
      const script = scriptOf(config, 'torch')
      expectSame(report(script, '--spectra', '1,12'), await run(config, { spectra: [1, 12] }))
    }
  },
)
