import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { defaultConfig } from '../../src/model/config.ts'
import { engineChoices } from '../../src/engine/protocol.ts'
import { defaultLink, fields, themes, type View } from '../../src/state/fields.ts'
import { presetIds } from '../../src/state/presets.ts'
import { decode, encode, encodeLink, networkOf, openLink } from '../../src/state/url.ts'
import { anyNetwork } from './arbitraries.ts'

vi.mock('react', () => ({}))

const anyView: fc.Arbitrary<View> = fc.record({
  layer: fc.constantFrom(null, 0, 1),
  preset: fc.constantFrom(null, ...presetIds),
  lesson: fc.constantFrom(null, 'depth-scales'),
  step: fc.integer({ min: 1, max: 99 }),
  embed: fc.constantFrom<View['embed'][]>(0, 1),
  theme: fc.constantFrom(...themes),
  hide: fc.constantFrom<View['hide'][]>([], ['header'], ['header', 'act', 'sw']),
  pin: fc.uniqueArray(anyNetwork, { maxLength: 4, selector: (network) => JSON.stringify(network) }),
  engine: fc.constantFrom(...engineChoices),
  charts: fc.constantFrom([], ['norms'], ['norms', 'spectrum']),
  look: fc.constantFrom([], ['spectrum:weights'], ['spectrum:rank', 'gsc:gap']),
  lock: fc.constantFrom<View['lock'][]>([], ['depth'], ['act', 'sw']),
  play: fc.constantFrom<View['play'][]>(0, 1),
  sweep: fc.constantFrom<View['sweep'][]>(
    null,
    { key: 'depth', values: [5, 10, 20], quantity: 'gradient_growth' },
    { key: 'act', values: ['relu', 'tanh'], quantity: 'mean_cosine' },
    { key: 'sw', values: [1e-7, 0.5, 3], quantity: 'log10_gradient' },
  ),
})

describe('encode(state)', () => {
  it('is read back as the same state, for every field', () => {
    fc.assert(
      fc.property(fc.record({ network: anyNetwork, view: anyView }), (state) => {
        const decoded = decode(encode(state))
        expect(decoded.notices).toEqual([])
        expect(decoded.state).toEqual(state)
      }),
    )
  })

  it('writes only what differs from the defaults', () => {
    expect(encode(defaultLink)).toBe('')
    const network = { ...defaultConfig, depth: 200, act: 'relu' as const }
    expect(encode({ ...defaultLink, network })).toBe('depth=200&act=relu')
  })

  it('writes only what differs from the preset that is named', () => {
    const network = { ...networkOf('bsnn-tanh'), depth: 300 }
    const view = { ...defaultLink.view, preset: 'bsnn-tanh' as const }
    expect(encode({ network, view })).toBe('preset=bsnn-tanh&depth=300')
  })
})

describe('a sweep in a link', () => {
  it('is written readably, its quantity only where it is not the default', () => {
    const sweep = { key: 'depth', values: [5, 10, 20], quantity: 'gradient_growth' } as const
    const hash = encode({ ...defaultLink, view: { ...defaultLink.view, sweep } })
    expect(hash).toBe('sweep=depth:5,10,20')
    const other = { ...sweep, quantity: 'mean_cosine' as const }
    const view = { ...defaultLink.view, sweep: other }
    expect(encode({ ...defaultLink, view })).toBe('sweep=depth:5,10,20:mean_cosine')
  })

  it('takes 32 values and no more', () => {
    const of = (count: number) =>
      `sweep=depth:${Array.from({ length: count }, (_, i) => i + 1).join()}`
    expect(decode(of(32)).state.view.sweep?.values).toHaveLength(32)
    expect(decode(of(33)).notices.map(({ key }) => key)).toEqual(['sweep'])
  })
})

describe('encodeLink(state)', () => {
  it('says something even of the defaults, which are not the first scene', () => {
    expect(decode(encodeLink(defaultLink)).state).toEqual(defaultLink)
    expect(openLink(encodeLink(defaultLink)).state.network.act).toBe('tanh')
  })
})

describe('openLink(hash)', () => {
  it('shows ReLU with batch norm at depth 100 when the hash is empty', () => {
    const expected = { ...defaultConfig, act: 'relu', norm: 'batch', depth: 100 }
    expect(openLink('').state.network).toEqual(expected)
    expect(openLink('#').state.network).toEqual(expected)
  })

  it('starts from the defaults of the link when the hash says anything', () => {
    expect(openLink('#width=64').state.network).toEqual({ ...defaultConfig, width: 64 })
  })
})

describe('decode(hash)', () => {
  it('reads with and without #, and takes a preset as the base of what else is said', () => {
    expect(decode('#act=relu').state).toEqual(decode('act=relu').state)
    const { network } = decode('preset=bsnn-tanh&depth=64').state
    expect(network).toEqual({ ...networkOf('bsnn-tanh'), depth: 64 })
  })

  it.each([
    ['depth=-3', 'depth', '-3', '64'],
    ['depth=1e999', 'depth', '1e999', '64'],
    ['sw=NaN', 'sw', 'NaN', '1'],
    ['sw=0x10', 'sw', '0x10', '1'],
    ['width=12.5', 'width', '12.5', '128'],
    ['act=__proto__', 'act', '__proto__', 'tanh'],
    ['act=constructor', 'act', 'constructor', 'tanh'],
    ['gpn=2', 'gpn', '2', '0'],
    ['gpn', 'gpn', '', '0'],
    ['preset=nobody', 'preset', 'nobody', 'none'],
    ['hide=header,header', 'hide', 'header,header', 'none'],
    ['pin=act:nobody', 'pin', 'act:nobody', 'none'],
    ['pin=a,b,c,d,e', 'pin', 'a,b,c,d,e', 'none'],
    ['sweep=nobody:1,2', 'sweep', 'nobody:1,2', 'none'],
    ['sweep=depth:5,many', 'sweep', 'depth:5,many', 'none'],
    ['sweep=depth:5,5', 'sweep', 'depth:5,5', 'none'],
    ['sweep=depth:', 'sweep', 'depth:', 'none'],
    ['sweep=depth:5:nobody', 'sweep', 'depth:5:nobody', 'none'],
    ['sweep=depth:5:mean_cosine:more', 'sweep', 'depth:5:mean_cosine:more', 'none'],
    ['mix=orthogonal&alpha=2', 'alpha', '2', '0.9'],
    ['data=repeated&distinct=33', 'distinct', '33', '1'],
    ['init=looks_linear&width=33', 'init', 'looks_linear', 'gaussian'],
    ['layer=65', 'layer', '65', 'the last layer'],
  ])(
    '%s falls back, and the notice names key, value and what is used',
    (hash, key, value, used) => {
      const { notices } = decode(hash)
      expect(notices).toHaveLength(1)
      expect(notices[0]).toMatchObject({ key, value })
      expect(notices[0]?.text).toContain(`using ${used}`)
    },
  )

  it('ignores unknown keys with a notice and keeps the rest', () => {
    const { state, notices } = decode('__proto__=1&colour=red&depth=10')
    expect(state.network).toEqual({ ...defaultConfig, depth: 10 })
    expect(notices.map(({ kind, key }) => [kind, key])).toEqual([
      ['unknown-key', '__proto__'],
      ['unknown-key', 'colour'],
    ])
  })

  it('takes the last of repeated keys and says so', () => {
    const { state, notices } = decode('depth=10&depth=20')
    expect(state.network.depth).toBe(20)
    expect(notices.map(({ kind }) => kind)).toEqual(['repeated-key'])
  })

  it('accepts version 1 in silence and reads others as far as it can', () => {
    expect(decode('v=1&depth=10').notices).toEqual([])
    const later = decode('v=7&depth=10')
    expect(later.state.network.depth).toBe(10)
    expect(later.notices.map(({ kind }) => kind)).toEqual(['version'])
  })
})

describe('decode(hash) of a hostile link', () => {
  it('never throws and always gives a legal state', () => {
    const keys = fc.constantFrom(...Object.keys(fields), '__proto__', 'toString', 'v', '%E0%A4%A')
    const values = fc.oneof(fc.string(), fc.constantFrom('1e999', 'NaN', '%', '%00', '-0', '١'))
    const pairs = fc.array(fc.tuple(keys, values).map(([key, value]) => `${key}=${value}`))
    const hashes = fc.oneof(
      fc.string(),
      pairs.map((all) => all.join('&')),
    )
    fc.assert(
      fc.property(hashes, (hash) => {
        const { state } = decode(hash)
        expect(decode(encode(state))).toEqual({ state, notices: [] })
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps notices few and short, whatever is thrown at it', () => {
    const many = Array.from({ length: 500 }, (_, i) => `key${i}=1`).join('&')
    expect(decode(many).notices.length).toBeLessThanOrEqual(13)
    const [long] = decode(`depth=${'9'.repeat(5000)}`).notices
    expect(long?.text.length).toBeLessThan(300)
    expect(decode('x'.repeat(1_000_000)).notices.map(({ kind }) => kind)).toEqual(['too-long'])
  })
})
