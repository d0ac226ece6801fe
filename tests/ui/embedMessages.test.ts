import { expect, test } from 'vitest'
import { createPageStore } from '../../src/state/store.ts'
import { decode } from '../../src/state/url.ts'
import { setFrameState, stateIn } from '../../src/ui/embed/messages.ts'

const kind = 'depthscope:set-state'

test('stateIn takes the message that is documented', () => {
  expect(stateIn({ kind, state: 'act=relu' })).toBe('act=relu')
  expect(stateIn({ kind, state: '' })).toBe('')
})

test.for([
  [undefined],
  [null],
  ['act=relu'],
  [{ kind }],
  [{ state: 'act=relu' }],
  [{ kind: 'other', state: 'act=relu' }],
  [{ kind, state: 7 }],
  [{ kind, state: ['act=relu'] }],
  [{ kind, state: 'a'.repeat(20_001) }],
])('stateIn ignores all others: %j', ([message]) => {
  expect(stateIn(message)).toBeUndefined()
})

const frame = () => createPageStore(decode('act=relu&embed=1&charts=norms&theme=dark').state)

test('a frame stays a frame and keeps what the new state does not name', () => {
  const store = frame()
  setFrameState(store, 'act=sin&depth=9')
  const { network, view } = store.getState().link
  expect(network).toMatchObject({ act: 'sin', depth: 9 })
  expect(view).toMatchObject({ embed: 1, charts: ['norms'], theme: 'dark' })
})

test('a state may name other charts and colours, and cannot leave the frame', () => {
  const store = frame()
  setFrameState(store, 'charts=domain&theme=light&embed=0')
  const { view } = store.getState().link
  expect(view).toMatchObject({ embed: 1, charts: ['domain'], theme: 'light' })
})

test('an illegal value is noted', () => {
  const store = frame()
  setFrameState(store, 'act=__proto__')
  expect(store.getState().notices.map(({ key }) => key)).toEqual(['act'])
})
