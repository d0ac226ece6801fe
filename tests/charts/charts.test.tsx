import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import type { Chart, ChartProps, Measured } from '../../src/charts/chart.ts'
import { charts } from '../../src/charts/index.ts'
import { HISTOGRAM_BINS } from '../../src/engine/protocol.ts'
import { emptyRows, type LayerRows, statisticIds, statistics } from '../../src/engine/statistics.ts'
import { summarize } from '../../src/engine/summary.ts'
import { defaultConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'

const onCursor = vi.fn()

const networkOf = (depth: number) => resolveNetwork({ ...defaultConfig, depth })

/** Log statistics take the values as they are; the others live within -1 ... 1. */
function rowsOf(depth: number, value: (layer: number) => number): LayerRows {
  const rows = emptyRows(depth)
  for (const id of statisticIds) {
    const bounded = statistics[id].isLog10 ? value : (layer: number) => Math.tanh(value(layer))
    for (let l = 0; l <= depth; l++) rows[id][l] = bounded(l)
  }
  return rows
}

function measuredOf(depth: number, value: (layer: number) => number): Measured {
  const log10SingularValues = Float64Array.of(value(1), value(2), -Infinity).sort().reverse()
  const spectra = [1, depth].map((layer) => ({ layer, log10SingularValues }))
  const cosines = Float32Array.of(1, NaN, NaN, 1)
  const rows = rowsOf(depth, value)
  const network = networkOf(depth)
  const projection = Float32Array.of(1, 0, 0, 0, 0.5, 0)
  const componentShares = Float32Array.of(0.8, 0.2, 0)
  const histogram = {
    log10Range: value(depth),
    shares: new Float32Array(HISTOGRAM_BINS).fill(1 / HISTOGRAM_BINS),
    saturated: 0.25,
    dead: 0.125,
  }
  const picture = { samples: 2, cosines, projection, componentShares }
  return {
    network,
    depth,
    rows,
    bands: null,
    spectra,
    hasOldSpectra: false,
    pictures: [
      { ...picture, layer: 0 },
      { ...picture, layer: depth, histogram },
    ],
    summary: summarize(rows, network),
    images: { labels: Uint8Array.of(3, 3), pixels: new Uint8Array(2 * 28 * 28) },
  }
}

function render({ Component, title, reading }: Chart, props: Partial<ChartProps>): string {
  return renderToStaticMarkup(
    <Component
      title={title}
      reading={reading}
      width={500}
      height={240}
      scheme="light"
      measured={null}
      cursor={0}
      onCursor={onCursor}
      {...props}
    />,
  )
}

/** Every coordinate of the drawing. */
function coordinates(markup: string): readonly number[] {
  const attributes = [
    ...markup.matchAll(/ (?:d|x1|x2|y1|y2|x|y|width|height|transform)="([^"]*)"/g),
  ]
  const texts = attributes.flatMap(([, text = '']) => text.match(/NaN|-?Infinity|-?[\d.]+/g) ?? [])
  return texts.map(Number)
}

const hostile: readonly (readonly [string, Measured])[] = [
  ['exploding by 10^4000', measuredOf(100, (l) => 40 * l)],
  ['vanishing by 10^-4000', measuredOf(100, (l) => -40 * l)],
  ['exactly zero from a layer on', measuredOf(100, (l) => (l < 50 ? -l : -Infinity))],
  ['infinite', measuredOf(100, () => Infinity)],
  ['not existing', measuredOf(100, () => NaN)],
  ['one layer deep', measuredOf(1, (l) => l)],
  ['constant', measuredOf(64, () => 0.3)],
  ['50,000 layers deep', measuredOf(50_000, (l) => Math.sin(l))],
]

describe.each(charts)('chart $id', (chart) => {
  it('says that there is nothing, or why, when nothing is measured', () => {
    expect(render(chart, {})).not.toContain('<svg class="plot"')
    expect(render(chart, { message: 'The run failed.' })).toContain('The run failed.')
  })

  it.each(hostile)('draws within its frame what is %s', (_, measured) => {
    const markup = render(chart, { measured, cursor: measured.depth })
    expect(markup).toContain(chart.title)
    for (const coordinate of coordinates(markup)) {
      expect(Number.isFinite(coordinate)).toBe(true)
      expect(Math.abs(coordinate)).toBeLessThan(1000)
    }
  })

  it('keeps a drawing of 50,000 layers as small as its pixels', () => {
    const markup = render(chart, { measured: measuredOf(50_000, (l) => Math.sin(l)) })
    expect(markup.length).toBeLessThan(400_000)
  })

  it('has a name, a sentence on how to read it, and words instead of the drawing', () => {
    const markup = render(chart, { measured: measuredOf(10, (l) => l / 10) })
    expect(chart.reading).toMatch(/^[A-Z].*\.$/)
    expect(markup).toMatch(/role="img" aria-label="[^"]{20,}"/)
  })
})

describe('charts', () => {
  it('have ids and places of their own', () => {
    expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length)
    expect(new Set(charts.map(({ order }) => order)).size).toBe(charts.length)
  })

  it('draw a prediction dashed, and say where there is none', () => {
    const chart = charts.find(({ id }) => id === 'norms')
    if (!chart) throw new Error('charts: norms must be there')
    const measured = measuredOf(10, () => 0)
    const theory = { log10_activation_rms: new Float64Array(11), log10_gradient_rms: null }
    const markup = render(chart, { measured, theory })
    expect(markup.match(/class="line theory forward"/g)).toHaveLength(1)
    expect(markup.match(/>no prediction</g)).toHaveLength(3)
    expect(render(chart, { measured })).not.toContain('no prediction')
  })

  it('draw predicted spectra dashed: edges over the depth, the density beside, bounds; and say what is not known', () => {
    const chart = charts.find(({ id }) => id === 'spectrum')
    if (!chart) throw new Error('charts: spectrum must be there')
    const measured = measuredOf(10, (l) => -l / 10)
    const forecast = { moments: null, bounds: null, law: 'a law' }
    const values = Float64Array.of(0, -0.5, -1)
    const spectrumTheory = [1, 10].map((layer) => ({
      ...forecast,
      layer,
      log10SingularValues: values,
      bounds: { low: -1.5, high: 0.5 },
    }))
    const markup = render(chart, { measured, cursor: 10, spectrumTheory })
    const theory = /class="line theory (spectrum-theory|spectrum-bound|density-theory)[^"]*"><path/g
    expect([...markup.matchAll(theory)].map(([, name]) => name)).toEqual([
      'spectrum-theory',
      'spectrum-bound',
      'density-theory',
    ])
    expect(markup).toContain('theory: 1 to 0.1 (a law); never outside 3.2 to 0.032')
    for (const coordinate of coordinates(markup)) expect(Math.abs(coordinate)).toBeLessThan(1000)
    const moments = { log10Mean: 0, spread: 3 }
    const alone = [{ ...forecast, layer: 10, log10SingularValues: null, moments }]
    expect(render(chart, { measured, cursor: 10, spectrumTheory: alone })).toContain(
      'theory: mean square 1, relative variance 3; measured mean square',
    )
    expect(render(chart, { measured, cursor: 1, spectrumTheory: alone })).toContain('no prediction')
    expect(render(chart, { measured, cursor: 1 })).not.toContain('no prediction')
  })

  it('draw pinned runs behind, numbered, and make room for deeper ones', () => {
    const measured = measuredOf(10, () => 0)
    const deeper = measuredOf(40, (l) => 3 * l)
    const ghosts = [{ number: 3, depth: 40, rows: deeper.rows }]
    for (const id of ['norms', 'correlation', 'gsc']) {
      const chart = charts.find((other) => other.id === id)
      if (!chart) throw new Error(`charts: ${id} must be there`)
      const markup = render(chart, { measured, ghosts })
      expect(markup).toMatch(/class="ghost-number"[^>]*>3</)
      expect(markup).toContain('>40</text>')
      for (const coordinate of coordinates(markup)) expect(Math.abs(coordinate)).toBeLessThan(1000)
      expect(render(chart, { measured })).not.toContain('class="ghost"')
    }
  })

  it('of the growth say which law they fitted, where there is one', () => {
    const chart = charts.find(({ id }) => id === 'gsc')
    if (!chart) throw new Error('charts: gsc must be there')
    const markup = render(chart, { measured: measuredOf(100, (l) => -0.1 * l) })
    expect(markup).toContain('×1.259 a layer')
    expect(markup).toMatch(/off by ×1</)
    const unfitted = render(chart, { measured: measuredOf(100, () => -Infinity) })
    expect(unfitted).not.toContain('a layer, going down')
  })

  it('of the distributions say what is saturated and dead', () => {
    const chart = charts.find(({ id }) => id === 'distribution')
    if (!chart) throw new Error('charts: distribution must be there')
    const markup = render(chart, { measured: measuredOf(10, () => 0.5), cursor: 10 })
    expect(markup).toContain('25 % saturated, 13 % of the units dead')
  })

  it('of the inputs say how much of them is seen, and join a circle', () => {
    const chart = charts.find(({ id }) => id === 'circle')
    if (!chart) throw new Error('charts: circle must be there')
    const measured = measuredOf(10, () => 0)
    expect(render(chart, { measured })).toContain('80 % + 20 % + 0 % of the variance')
    expect(render(chart, { measured })).not.toContain('class="joined"')
    const network = { ...measured.network, config: { ...defaultConfig, data: 'circle' as const } }
    const circle = render(chart, { measured: { ...measured, network } })
    expect(circle).toContain('class="joined"')
    expect(circle).toContain('turns long')
  })

  it('mark exact zeros and infinities at the edge instead of dropping them', () => {
    const chart = charts.find(({ id }) => id === 'norms')
    if (!chart) throw new Error('charts: norms must be there')
    const zero = render(chart, { measured: measuredOf(100, (l) => (l < 50 ? 0 : -Infinity)) })
    expect(zero).toContain('exactly zero: layers 50 to 100')
  })
})
