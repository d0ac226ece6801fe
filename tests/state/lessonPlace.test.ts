import { expect, it } from 'vitest'
import { defaultLink } from '../../src/state/fields.ts'
import { closeLesson, enterIfBare, enterStep, networkOfStep } from '../../src/state/lessonPlace.ts'
import { createPageStore } from '../../src/state/store.ts'
import { decode, encode } from '../../src/state/url.ts'

const scene = { link: 'act=relu&depth=10&layer=4', look: ['norms', 'phase'] }
const place = { lesson: 'gain', step: 2 }

it('enterStep(store, place, scene) replaces the network and keeps colours and engine', () => {
  const store = createPageStore(decode('sw=2&theme=dark&engine=wasm&pin=depth:5').state)
  enterStep(store, place, scene)
  expect(encode(store.getState().link)).toBe(
    'depth=10&act=relu&layer=4&lesson=gain&step=2&theme=dark&engine=wasm&charts=norms,phase',
  )
})

it('enterStep is a step of its own in the history', () => {
  const store = createPageStore(defaultLink)
  enterStep(store, place, scene)
  expect(store.getState().gesture).toEqual({ id: 1, isOpen: false })
})

it('enterIfBare sets a step up for a link that says nothing of the network', () => {
  const store = createPageStore(decode('lesson=gain&step=2&theme=dark').state)
  enterIfBare(store, place, scene)
  expect(store.getState().link.network).toEqual(networkOfStep(scene))
})

it('enterIfBare leaves a network alone that the link gives', () => {
  const store = createPageStore(decode('lesson=gain&step=2&sw=3').state)
  enterIfBare(store, place, scene)
  expect(store.getState().link.network.sw).toBe(3)
})

it('enterIfBare leaves the default network of a step alone', () => {
  const store = createPageStore(decode('lesson=gain&step=2&charts=norms').state)
  enterIfBare(store, place, scene)
  expect(store.getState().link.network.act).toBe('tanh')
})

it('closeLesson(store) leaves the network and shows all panels', () => {
  const store = createPageStore(decode('sw=2').state)
  enterStep(store, place, scene)
  closeLesson(store)
  expect(encode(store.getState().link)).toBe('depth=10&act=relu&layer=4')
})
