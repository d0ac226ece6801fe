import { describe, expect, it } from 'vitest'
import { emptyRows } from '../../src/engine/statistics.ts'
import { defaultConfig } from '../../src/model/config.ts'
import { NO_FILES } from '../../src/state/files.ts'
import { planOf, pointsOf, quantitiesOf, type SweepPoint } from '../../src/state/sweepPoints.ts'
import type { Sweep } from '../../src/state/sweepField.ts'
import { placedPoints, sweepTable, valueLabel } from '../../src/ui/sweep/sweepPoints.ts'
import { statusWords } from '../../src/ui/sweep/SweepStatus.tsx'

const sweepOf = (sweep: Pick<Sweep, 'key' | 'values'>) => {
  const surroundings = { network: defaultConfig, engine: 'auto', files: NO_FILES } as const
  const plan = planOf({ ...sweep, quantity: 'gradient_growth' }, surroundings)
  return pointsOf(plan, null, [])
}

const done = (point: SweepPoint, gradientGrowth: number): SweepPoint => ({
  ...point,
  stage: 'done',
  measured: quantitiesOf({ rows: {}, gradientGrowth, gscGrowth: null }),
})

describe('valueLabel(key, value)', () => {
  it('says values as the controls do', () => {
    expect(valueLabel('act', 'leaky_relu')).toBe('Leaky ReLU')
    expect([valueLabel('gpn', 1), valueLabel('gpn', 0)]).toEqual(['on', 'off'])
    expect([valueLabel('depth', 1000), valueLabel('sw', 0.125)]).toEqual(['1,000', '0.125'])
  })
})

describe('placedPoints(key, points, quantity)', () => {
  it('stands numbers at their value, in ascending order, and words in the order of the list', () => {
    const depths = placedPoints('depth', sweepOf({ key: 'depth', values: [20, 5] }), 'mean_cosine')
    expect(depths.map(({ place, value }) => [place, value])).toEqual([
      [5, 5],
      [20, 20],
    ])
    const words = placedPoints(
      'act',
      sweepOf({ key: 'act', values: ['tanh', 'elu'] }),
      'mean_cosine',
    )
    expect(words.map(({ place, label }) => [place, label])).toEqual([
      [0, 'Tanh'],
      [1, 'ELU'],
    ])
  })

  it('says what is the matter with a point that has no number', () => {
    const [waiting] = sweepOf({ key: 'depth', values: [5] })
    const noteOf = (changes: Partial<SweepPoint>) =>
      placedPoints('depth', [{ ...waiting!, ...changes }], 'gradient_growth')[0]?.note
    expect(noteOf({})).toBe('waiting')
    expect(noteOf({ stage: 'running', progress: 0.4 })).toBe('computing, 40 %')
    expect(noteOf({ stage: 'failed', words: 'too large' })).toBe('failed (too large)')
    expect(noteOf({ stage: 'illegal', words: 'alpha: 0 ... 1' })).toBe(
      'not legal here (alpha: 0 ... 1)',
    )
  })
})

describe('sweepTable(key, points, quantity)', () => {
  it('names its rows, and gives measured and predicted numbers', () => {
    const points = sweepOf({ key: 'act', values: ['tanh', 'elu'] }).map((point, i) =>
      done(point, 1 + i),
    )
    const table = sweepTable(
      'act',
      placedPoints('act', points, 'gradient_growth'),
      'gradient_growth',
    )
    expect(table).toMatchObject({ rowName: 'Activation φ', rowLabels: ['Tanh', 'ELU'] })
    expect(table.columns.map(({ values }) => [...Array.from(values)])).toEqual([
      [1, 2],
      [NaN, NaN],
    ])
  })
})

describe('a sweep over several seeds', () => {
  it('shows the band of what is a single entry of a row, and of nothing else', () => {
    const rows = emptyRows(1)
    rows.mean_cosine.fill(0.5)
    const quantitiesAt = (gradientGrowth: number) =>
      quantitiesOf({ rows, gradientGrowth, gscGrowth: null })
    const band = { low: quantitiesAt(1), high: quantitiesAt(2) }
    const [first] = sweepOf({ key: 'depth', values: [5] })
    const points = [{ ...done(first!, 1), measured: quantitiesAt(1), band }]
    const [cosine] = placedPoints('depth', points, 'mean_cosine')
    expect([cosine?.low, cosine?.high]).toEqual([0.5, 0.5])
    const [growth] = placedPoints('depth', points, 'gradient_growth')
    expect([growth?.low, growth?.high]).toEqual([NaN, NaN])
    const partsOf = (id: 'mean_cosine' | 'gradient_growth') =>
      sweepTable('depth', placedPoints('depth', points, id), id).columns.map(({ part }) => part)
    expect(partsOf('mean_cosine')).toEqual([undefined, 'theory', 'low', 'high'])
    expect(partsOf('gradient_growth')).toEqual([undefined, 'theory'])
  })
})

describe('statusWords(sweep)', () => {
  it('counts what is done, and what is not', () => {
    const points = sweepOf({ key: 'alpha', values: [0.5, 0.9] })
    const [first, second] = points as readonly [SweepPoint, SweepPoint]
    const words = (stage: 'waiting' | 'running' | 'done', now: readonly SweepPoint[]) =>
      statusWords({ key: 'alpha', stage, points: now })
    expect(words('waiting', points)).toBe('Waits for the run of the network: 0 of 2 values')
    expect(words('running', [done(first, 1), second])).toBe('Computing: 1 of 2 values')
    const troubles = [done(first, 1), { ...second, stage: 'illegal' as const }]
    expect(words('done', troubles)).toBe('Done: 1 of 1 values, 1 not legal with the other settings')
  })
})
