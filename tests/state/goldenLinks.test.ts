import { expect, it } from 'vitest'
import { fields } from '../../src/state/fields.ts'
import { openLink } from '../../src/state/url.ts'
import { goldenLinks, meaningOf } from '../golden/links.ts'

const links = goldenLinks()

it('there are many, and together they say every key', () => {
  expect(links.length).toBeGreaterThanOrEqual(60)
  const said = new Set(links.flatMap(([link]) => link.match(/(?<=[#&])[a-z_]+(?==)/g) ?? []))
  expect(Object.keys(fields).filter((key) => !said.has(key))).toEqual([])
})

it.each(links)('%s gives what it gave', (link, meaning) => {
  // Keys may be added to a network; none of those that were there may change.
  expect(meaningOf(link)).toMatchObject(meaning as object)
})

it.each(links)('%s leaves everything at its default that it never named', (link, meaning) => {
  const { view } = meaning as { readonly view: object }
  expect(Object.keys(meaningOf(link).view)).toEqual(Object.keys(view))
  expect(openLink(link).notices.every(({ text }) => text.length > 0)).toBe(true)
})
