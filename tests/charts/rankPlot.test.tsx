import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { RankPlot } from '../../src/charts/parts/RankPlot.tsx'

const spectrum = { layer: 3, log10SingularValues: Float64Array.of(1, 0, -2, -Infinity) }
const theory = { layer: 3, log10SingularValues: Float64Array.of(0.5, 0, -3, -4) }

function render(props: Partial<Parameters<typeof RankPlot>[0]>) {
  const size = { width: 400, height: 240 }
  const base = { spectrum, name: 'layer 3', theory: undefined, bounds: undefined, ...size }
  return renderToStaticMarkup(<RankPlot {...base} {...props} label="Ranks of layer 3" />)
}

const curve = (markup: string, name: string) =>
  new RegExp(`class="${name}[^"]*"><path class="curve" d="([^"]*)"`).exec(markup)?.[1]

describe('singular values by rank', () => {
  it('run down from the largest and end where they are exactly zero', () => {
    const path = curve(render({}), 'line forward')!
    const points = path.slice(1).split('L')
    const heights = points.map((point) => Number(point.split(',')[1]))
    expect(heights).toHaveLength(3)
    expect([...heights].sort((a, b) => a - b)).toEqual(heights)
    expect(curve(render({}), 'line theory spectrum-theory')).toBeUndefined()
  })

  it('stand beside the predicted ones, dashed, and bounds', () => {
    const markup = render({ theory, bounds: { low: -Infinity, high: 2 } })
    expect(curve(markup, 'line theory spectrum-theory')!.split('L')).toHaveLength(4)
    expect(markup.match(/spectrum-bound/g)).toHaveLength(1)
    // Measured, predicted, one bound that is finite, and the predicted density beside.
    expect(markup.match(/class="curve"/g)).toHaveLength(4)
    expect(markup).toContain('rank (1 = largest)')
    expect(markup).not.toMatch(/NaN|Infinity/)
  })
})
