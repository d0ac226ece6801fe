import { expect, it } from 'vitest'
import {
  changeNetwork,
  choosePreset,
  resetNetwork,
  showFirstScene,
} from '../../src/state/actions.ts'
import { createPageStore } from '../../src/state/store.ts'
import { decode, networkOf } from '../../src/state/url.ts'

const store = () => createPageStore(decode('depth=12&act=gelu&lock=depth,act').state)

it('locked settings stay, whatever changes the network; the others change', () => {
  const page = store()
  const network = () => page.getState().link.network
  const before = network()
  changeNetwork(page, { depth: 30, act: 'relu' })
  expect(network()).toBe(before)
  changeNetwork(page, { depth: 30, sw: 2 })
  expect(network()).toEqual({ ...before, sw: 2 })
  choosePreset(page, 'bsnn-tanh')
  expect(network()).toEqual({ ...networkOf('bsnn-tanh'), depth: 12, act: 'gelu' })
  changeNetwork(page, { sw: 3 })
  resetNetwork(page)
  expect(network()).toEqual({ ...networkOf('bsnn-tanh'), depth: 12, act: 'gelu' })
  showFirstScene(page)
  expect(network()).toMatchObject({ norm: 'batch', depth: 12, act: 'gelu' })
})

it('play=1 plays from the start', () => {
  expect(store().getState().playback.isPlaying).toBe(false)
  expect(createPageStore(decode('play=1').state).getState().playback.isPlaying).toBe(true)
})
