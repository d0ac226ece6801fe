import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeNetwork, choosePreset } from '../../src/state/actions.ts'
import { moveCursor } from '../../src/state/cursor.ts'
import { type AddressBar, bindHistory } from '../../src/state/history.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { openLink } from '../../src/state/url.ts'
import { FakeClock } from './fakes.ts'

vi.mock('react', () => ({}))

/** A history of hashes, as a browser keeps it. */
class FakeAddress implements AddressBar {
  entries = ['']
  refuses = false
  private listener: () => void = () => undefined

  read(): string {
    return this.entries.at(-1) ?? ''
  }

  push(hash: string): void {
    if (this.refuses) throw new Error('SecurityError')
    this.entries.push(hash)
  }

  replace(hash: string): void {
    if (this.refuses) throw new Error('SecurityError')
    this.entries[this.entries.length - 1] = hash
  }

  onMove(listener: () => void): () => void {
    this.listener = listener
    return () => undefined
  }

  back(): void {
    this.entries.pop()
    this.listener()
  }
}

describe('bindHistory(store, address, clock)', () => {
  let store: PageStore
  let address: FakeAddress
  let clock: FakeClock

  beforeEach(() => {
    store = createPageStore(openLink('').state)
    address = new FakeAddress()
    clock = new FakeClock()
    bindHistory(store, address, clock)
  })

  it('leaves the address of a visitor without a link alone', () => {
    clock.pass(1000)
    expect(address.entries).toEqual([''])
  })

  it('makes one entry of a whole drag, so that Back returns to what was before it', () => {
    for (const depth of [110, 120, 130]) changeNetwork(store, { depth }, 'drag')
    changeNetwork(store, { depth: 140 }, 'commit')
    expect(address.entries).toEqual(['', 'depth=140&act=relu&norm=batch'])
    address.back()
    expect(store.getState().link.network.depth).toBe(100)
    expect(address.entries).toEqual([''])
  })

  it('writes at most three times a second while a slider moves', () => {
    const write = vi.spyOn(address, 'replace')
    for (let ms = 0; ms < 1000; ms += 10) {
      changeNetwork(store, { depth: 100 + ms }, 'drag')
      clock.pass(10)
    }
    expect(write.mock.calls.length).toBeLessThanOrEqual(3)
  })

  it('makes an entry a choice, and none for moves of the cursor', () => {
    choosePreset(store, 'bsnn-tanh')
    changeNetwork(store, { act: 'erf' })
    moveCursor(store, 7)
    clock.pass(1000)
    expect(address.entries).toEqual(['', 'preset=bsnn-tanh', 'preset=bsnn-tanh&act=erf&layer=7'])
  })

  it('survives a browser that refuses to write', () => {
    address.refuses = true
    changeNetwork(store, { depth: 10 })
    address.refuses = false
    changeNetwork(store, { depth: 11 })
    expect(address.read()).toBe('depth=11&act=relu&norm=batch')
  })

  it('shows the notices of a link that was typed in', () => {
    address.push('depth=0')
    address.push('gone')
    address.back()
    expect(store.getState().notices.map(({ key }) => key)).toEqual(['depth'])
    expect(address.read()).toBe('depth=0')
  })
})
