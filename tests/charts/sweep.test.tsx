import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { SweepChart } from '../../src/charts/sweep/SweepChart.tsx'
import type { SweepChartPoint, SweepChartProps } from '../../src/charts/sweep/sweepProps.ts'

const point = (place: number, changes: Partial<SweepChartPoint> = {}): SweepChartPoint => ({
  label: String(place),
  place,
  measured: NaN,
  predicted: NaN,
  low: NaN,
  high: NaN,
  note: '',
  theoryNote: '',
  isOld: false,
  ...changes,
})

function render(changes: Partial<SweepChartProps>): string {
  const quantity = { label: 'growth', meaning: '', pass: 'backward', isLog10: false } as const
  return renderToStaticMarkup(
    <SweepChart
      width={500}
      height={240}
      keyLabel="Depth"
      quantity={quantity}
      points={[]}
      isOrdered
      across="linear"
      up="linear"
      present={null}
      onPick={vi.fn()}
      {...changes}
    />,
  )
}

const marksOf = (markup: string) => [
  ...markup.matchAll(/class="sweep-mark( old)?" cx="([\d.]+)" cy="([\d.]+)"/g),
]
const numbersOf = (markup: string, part: 2 | 3) => marksOf(markup).map((mark) => Number(mark[part]))
const labelsOf = (markup: string) =>
  [...markup.matchAll(/aria-label="([^"]*Use this value\.)"/g)].map(([, label]) => label)

const three = [1, 10, 100].map((place, i) => point(place, { measured: 1 + i, predicted: 1 + i }))

describe('SweepChart(props)', () => {
  it('puts larger values higher, and places in equal steps or equal factors', () => {
    const linear = render({ points: three })
    const [low = NaN, middle = NaN, high = NaN] = numbersOf(linear, 3)
    expect(low).toBeGreaterThan(middle)
    expect(middle - high).toBeCloseTo(low - middle, 9)
    const [a = NaN, b = NaN, c = NaN] = numbersOf(render({ points: three, across: 'log' }), 2)
    expect(c - b).toBeCloseTo(b - a, 9)
    const [d = NaN, e = NaN, f = NaN] = numbersOf(linear, 2)
    expect((f - e) / (e - d)).toBeCloseTo(10, 9)
  })

  it('draws a quantity and its logarithm the same, on axes that make up for it', () => {
    const logs = three.map(({ place, measured }) => point(place, { measured: 10 ** measured }))
    const quantity = { label: '', meaning: '', pass: 'forward', isLog10: true } as const
    const direct = render({ points: three, quantity, up: 'log' })
    expect(numbersOf(render({ points: logs, up: 'log' }), 3)).toEqual(numbersOf(direct, 3))
  })

  it('says every point in words: measured, predicted, or why not', () => {
    const points = [
      point(1, { measured: 1.25, predicted: 1.5 }),
      point(2, { note: 'waiting' }),
      point(3, { measured: 2, theoryNote: 'no prediction' }),
      point(4),
    ]
    expect(labelsOf(render({ points }))).toEqual([
      'Depth 1: 1.25, theory 1.5. Use this value.',
      'Depth 2: waiting. Use this value.',
      'Depth 3: 2, no prediction. Use this value.',
      'Depth 4: does not exist. Use this value.',
    ])
  })

  it('is one stop of the tabulator, at the present value', () => {
    const markup = render({ points: three, present: 10 })
    const stops = [...markup.matchAll(/tabindex="(-?\d)"/g)].map(([, stop]) => stop)
    expect(stops).toEqual(['-1', '0', '-1'])
  })

  it('joins numbers by a line and leaves words apart', () => {
    const curves = (markup: string) =>
      [...markup.matchAll(/class="curve" d="([^"]*)"/g)].map(([, path = '']) => path)
    expect(curves(render({ points: three })).map((path) => path.split('L').length)).toEqual([3, 3])
    const [strokes = '', joined] = curves(render({ points: three, isOrdered: false }))
    expect([strokes.match(/h9/g)?.length, joined]).toEqual([6, ''])
  })

  it('spans the band over the seeds, where there is one', () => {
    const bandOf = (markup: string) => /class="sweep-band" d="([^"]*)"/.exec(markup)?.[1] ?? ''
    expect(bandOf(render({ points: three }))).toBe('')
    const banded = three.map((p) => ({ ...p, low: p.measured - 1, high: p.measured + 1 }))
    const spans = [...bandOf(render({ points: banded })).matchAll(/M[\d.]+,([\d.]+)V([\d.]+)/g)]
    expect(spans.map(([, foot, tip]) => Number(foot) > Number(tip))).toEqual([true, true, true])
  })

  it('marks what is off every scale at its edge, and the old as such', () => {
    const points = [
      point(1, { measured: Infinity }),
      point(2, { measured: -Infinity }),
      point(3, { measured: 1, isOld: true }),
    ]
    const markup = render({ points })
    const arrows = [...markup.matchAll(/class="sweep-mark" d="M[\d.]+,([\d.]+)L[\d.]+,([\d.]+)/g)]
    expect(arrows.map(([, foot, tip]) => Number(tip) < Number(foot))).toEqual([true, false])
    expect(marksOf(markup).map(([, old]) => old)).toEqual([' old'])
  })

  it('survives having nothing, one point, and points that are all alike', () => {
    for (const points of [
      [],
      [point(5, { measured: 3 })],
      three.map((p) => ({ ...p, measured: 1 })),
    ])
      expect(render({ points, present: 5 })).not.toMatch(/NaN|undefined/)
  })
})
