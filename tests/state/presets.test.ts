import { describe, expect, it } from 'vitest'
import { conflicts } from '../../src/model/config.ts'
import { changeView, choosePreset } from '../../src/state/actions.ts'
import { defaultLink, viewFields } from '../../src/state/fields.ts'
import { presetIds } from '../../src/state/presets.ts'
import { createPageStore } from '../../src/state/store.ts'
import { decode, encode, networkOf, viewOf } from '../../src/state/url.ts'

const PINNED = 'bn-isometry'

const choosing = (preset: (typeof presetIds)[number]) => {
  const store = createPageStore(defaultLink)
  choosePreset(store, preset)
  return store
}
const viewNow = (store: ReturnType<typeof choosing>) => store.getState().link.view

describe.each(presetIds)('the preset %s', (id) => {
  it('is a legal network, and so are those beside it', () => {
    const networks = [networkOf(id), ...viewOf(id).pin]
    expect(networks.flatMap(conflicts)).toEqual([])
  })

  it('shows what its name in a link shows', () => {
    const { link } = choosing(id).getState()
    expect(decode(`preset=${id}`)).toEqual({ state: link, notices: [] })
    expect(encode(link)).toBe(`preset=${id}`)
  })

  it('comes without its pins, sweep and looks where a link says so', () => {
    const { network, view } = choosing(id).getState().link
    const link = { network, view: { ...view, pin: [], sweep: null, look: [] } }
    expect(decode(encode(link))).toEqual({ state: link, notices: [] })
  })

  it('can be written as a link of its own', () => {
    const { sweep, pin, look } = viewOf(id)
    expect(viewFields.sweep.parse(viewFields.sweep.format(sweep))).toEqual(sweep)
    expect(viewFields.pin.parse(viewFields.pin.format(pin))).toEqual(pin)
    expect(viewFields.look.parse(viewFields.look.format(look))).toEqual(look)
  })
})

describe('choosePreset(store, preset)', () => {
  it('takes the pins and looks of the preset before away', () => {
    const store = choosing(PINNED)
    expect(viewNow(store).pin).toHaveLength(2)
    expect(viewNow(store).look).toEqual(['gsc:gap'])
    choosePreset(store, 'bsnn-tanh')
    expect(viewNow(store)).toMatchObject({ pin: [], look: [] })
  })

  it('leaves pins and looks alone that were set by hand', () => {
    const store = choosing('bsnn-tanh')
    const byHand = { pin: [networkOf('bn-sin')], look: ['spectrum:rank'] }
    changeView(store, byHand)
    choosePreset(store, 'bn-tanh')
    expect(viewNow(store)).toMatchObject(byHand)
  })
})
