import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { cases, chartsFor } from './cases.ts'
import { measure } from './measure.ts'
import { sketchOf } from './sketch.ts'

const onCursor = () => undefined

/** What each chart shows of each case; after a change that is meant, npx vitest run tests/gallery -u. */
describe.each(Object.entries(cases))('%s', async (_, overrides) => {
  const known = await measure(overrides)
  const cursor = Math.floor((known.measured?.depth ?? 0) / 2)
  it.each(chartsFor(overrides))('$id', ({ Component, title, reading }) => {
    const markup = renderToStaticMarkup(
      <Component
        {...{ ...known, title, reading, cursor, onCursor }}
        width={480}
        height={240}
        scheme="light"
      />,
    )
    expect(markup).not.toMatch(/NaN|undefined|Infinity/)
    expect(sketchOf(markup)).toMatchSnapshot()
  })
})
