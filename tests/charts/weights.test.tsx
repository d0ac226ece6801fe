import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { ChartProps, LayerWeights, Measured } from '../../src/charts/chart.ts'
import spectrumChart from '../../src/charts/spectrum.chart.tsx'
import { weightsFace } from '../../src/charts/spectrum/weightsFace.tsx'
import { emptyRows } from '../../src/engine/statistics.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { tableSeries } from '../../src/ui/files/tableSeries.ts'

const log10SingularValues = Float64Array.of(0.3, 0, -1, -Infinity)
const law = { log10SingularValues: Float64Array.of(0.25, 0.1, -0.5, -1.5), law: 'a law' }
const weights: LayerWeights = { layer: 7, spectrum: { log10SingularValues, theory: law } }

const measuredOf = (overrides: Partial<NetworkConfig>): Measured => ({
  network: resolveNetwork({ ...defaultConfig, depth: 9, width: 4, ...overrides }),
  depth: 9,
  rows: emptyRows(9),
  bands: null,
  spectra: [],
  hasOldSpectra: false,
  pictures: [],
  summary: null,
})

const props = (
  changes: Partial<ChartProps>,
  overrides: Partial<NetworkConfig> = {},
): ChartProps => ({
  title: spectrumChart.title,
  reading: spectrumChart.reading,
  width: 500,
  height: 240,
  scheme: 'light',
  measured: measuredOf(overrides),
  weights,
  look: 'weights',
  cursor: 7,
  onCursor: () => undefined,
  ...changes,
})

const render = (...args: Parameters<typeof props>) =>
  renderToStaticMarkup(<spectrumChart.Component {...props(...args)} />)

describe('the spectrum chart on weights', () => {
  it('says their extremes and their law, and draws both by rank and as a histogram', () => {
    const markup = render({})
    expect(markup).toContain('layer 7: 2 to 0.1, condition number ∞ (1 of 4 exactly zero)')
    expect(markup).toContain('theory: 1.8 to 0.032 (a law)')
    expect(markup).toContain('rank (1 = largest)')
    expect(markup.match(/class="line theory (spectrum-theory|density-theory)/g)).toHaveLength(2)
    expect(markup).toContain('>layer 7</text>')
  })

  it('says of weights from a file that nothing is predicted', () => {
    const markup = render({
      weights: { layer: 7, spectrum: { log10SingularValues, theory: null } },
    })
    expect(markup).toContain('no prediction')
    expect(markup).not.toMatch(/class="line theory (spectrum-theory|density-theory)/)
  })

  it('names no layer where all of them share their weights', () => {
    expect(weightsFace(props({}, { tied: 1 })).words).toMatch(/^every layer: /)
  })

  it.each([
    ['that it computes', { weights: null }, 'Computing…'],
    ['that it could not', { weights: { layer: 7, spectrum: null } }, 'could not be computed'],
    ['what the page says', { message: 'The run failed.' }, 'The run failed.'],
    [
      'that they are too wide',
      { measured: { ...measuredOf({}), noWeights: 'Too wide.' } },
      'Too wide.',
    ],
  ] as const)('says %s where there is nothing to draw', (_, changes, words) => {
    const markup = render(changes)
    expect(markup).toContain(words)
    expect(markup).not.toContain('class="plot')
  })

  it('exports values and their theory as one curve over ranks', () => {
    const [curve, ...others] = tableSeries(weightsFace(props({})).table!())
    expect(others).toEqual([])
    expect(curve).toMatchObject({
      x: [1, 2, 3, 4],
      xName: 'rank',
      y: log10SingularValues,
      theory: law.log10SingularValues,
    })
  })
})
