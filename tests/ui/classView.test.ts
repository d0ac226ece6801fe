import { expect, it } from 'vitest'
import { defaultLink, defaultView } from '../../src/state/fields.ts'
import { decode, encode } from '../../src/state/url.ts'
import { classLinkOf, viewOf } from '../../src/ui/share/classView.ts'

const said = (hash: string) => decode(hash).state.view

it('a link that says nothing leaves everything open', () => {
  expect({ ...defaultView, ...viewOf(classLinkOf(defaultView), defaultView) }).toEqual(defaultView)
})

it('what is hidden is locked as well, and the link says so', () => {
  const link = {
    ...classLinkOf(defaultView),
    access: { act: 'hidden', depth: 'locked', width: 'open' },
    hiddenParts: ['header'],
    charts: ['norms'],
    lesson: 'chaos',
    plays: true,
  } as const
  const view = { ...defaultView, ...viewOf(link, defaultView) }
  const hash = encode({ ...defaultLink, view })
  expect(hash).toBe('lesson=chaos&hide=header,act&lock=depth,act&play=1&charts=norms')
  expect(decode(hash)).toEqual({ state: { ...defaultLink, view }, notices: [] })
})

it('starts from what the present link says, and keeps the step of its lesson', () => {
  const view = said('hide=act,controls&lock=act,sw&charts=gsc&lesson=chaos&step=3&play=1')
  const link = classLinkOf(view)
  expect(link).toEqual({
    access: { act: 'hidden', sw: 'locked' },
    hiddenParts: ['controls'],
    charts: ['gsc'],
    lesson: 'chaos',
    plays: true,
  })
  expect(viewOf(link, view).step).toBe(3)
  expect(viewOf({ ...link, lesson: 'gain' }, view).step).toBe(1)
})
