import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Chart, ChartProps } from '../../src/charts/chart.ts'
import { charts } from '../../src/charts/index.ts'
import { cases, chartsFor, looks } from './cases.ts'
import { measure } from './measure.ts'
import { panelCases } from './panels.tsx'
import { sketchOf } from './sketch.ts'

const onCursor = () => undefined

const shown = (Component: Chart['Component'], props: Omit<ChartProps, 'onCursor' | Size>) => {
  const size = { width: 480, height: 240, scheme: 'light' } as const
  const markup = renderToStaticMarkup(<Component {...props} {...size} onCursor={onCursor} />)
  expect(markup).not.toMatch(/NaN|undefined|Infinity/)
  return sketchOf(markup)
}
type Size = 'width' | 'height' | 'scheme'

const middle = ({ measured }: Pick<ChartProps, 'measured'>) =>
  Math.floor((measured?.depth ?? 0) / 2)

/** What each chart shows of each case; after a change that is meant, npx vitest run tests/gallery -u. */
describe.each(Object.entries(cases))('%s', async (_, overrides) => {
  const known = await measure(overrides)
  const cursor = middle(known)
  it.each(chartsFor(overrides))('$id', ({ Component, title, reading }) => {
    expect(shown(Component, { ...known, title, reading, cursor })).toMatchSnapshot()
  })
})

describe('looked at in another way', async () => {
  const known = await measure(cases['vanish']!)
  const cursor = middle(known)
  it.each(looks)('%s %s', (id, look) => {
    const { Component, title, reading } = charts.find((chart) => chart.id === id)!
    expect(shown(Component, { ...known, title, reading, cursor, look })).toMatchSnapshot()
  })
})

describe.each(Object.entries(panelCases))('panel %s', (_, drawings) => {
  it.each(Object.entries(drawings))('%s', (_name, draw) => {
    const markup = renderToStaticMarkup(draw())
    expect(markup).not.toMatch(/NaN|undefined|Infinity/)
    expect(sketchOf(markup)).toMatchSnapshot()
  })
})
