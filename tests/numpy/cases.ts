import { activationIds } from '../../src/model/activations.ts'
import { orderIds } from '../../src/model/config.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { inputIds } from '../../src/model/inputs.ts'
import { mixingIds, tieIds } from '../../src/model/mixings.ts'
import { normalizationIds } from '../../src/model/normalizations.ts'

/** A network to recompute, as a link says it, and the layers whose spectra are compared. */
export interface Case {
  readonly state: string
  readonly spectra: string
}

const DEPTH = 12
const SPECTRA = '0,1,8'

/** Entry `index` of a list that repeats for ever. */
function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length]!
}

/**
 * Case `i` of a walk through the tables: every normalization with every order and mixing in the first
 * five times two times three cases, while activations, initializations, inputs, ties, blocks and flags
 * change at paces of their own, so that each meets many others.
 */
function walk(i: number): Case {
  const round = Math.floor(i / normalizationIds.length)
  const init = pick(initializationIds, i + round)
  const branch = pick([1, 2, 3], i + round)
  const keys = {
    depth: DEPTH,
    width: init === 'looks_linear' ? 8 : pick([5, 8, 7, 6], i),
    batch: pick([4, 6, 11, 3, 7], i + 2 * round),
    seed: 100 + i,
    act: pick(activationIds, i),
    slope: pick([0.01, 0.3], i),
    gpn: pick([0, 0, 1], i),
    gain: pick([1, 1.3, 0.7, 1], i + round),
    gain_decay: pick([0, 0, 0, 0.4], i),
    norm: pick(normalizationIds, i),
    order: pick(orderIds, round),
    init,
    sw: pick([1, 1.4, 0.8], i),
    sb: pick([0, 0.3], i + round),
    tied: pick([0, 0, 0, 1], i + round),
    mix: pick(mixingIds, Math.floor(round / orderIds.length)),
    tie: pick(tieIds, i + round),
    alpha: 0.7,
    beta: 0.6,
    branch,
    data: pick(inputIds, i + round),
    rho: 0.4,
    distinct: 3,
  }
  const state = Object.entries(keys).map(([key, value]) => `${key}=${String(value)}`)
  return { state: state.join('&'), spectra: SPECTRA }
}

/** What no walk meets: extremes of shape and depth, and the exact zeros that the contract names. */
const edges: readonly Case[] = [
  { state: 'depth=6&width=2&batch=2&norm=batch&act=tanh', spectra: '1,6' },
  { state: 'depth=6&width=2&batch=5&norm=layer&act=tanh', spectra: '1,6' },
  { state: 'depth=6&width=2&batch=2&norm=rms&act=gelu&order=norm_act_linear', spectra: '1,6' },
  { state: 'depth=8&width=5&batch=6&norm=layer&act=relu&seed=3', spectra: '1,4,8' },
  { state: 'depth=8&width=8&batch=4&act=relu&init=looks_linear', spectra: '1,4,8' },
  { state: 'depth=8&width=6&batch=4&act=abs&init=looks_linear&norm=batch', spectra: '1,8' },
  { state: 'depth=8&width=5&batch=6&norm=batch&data=repeated&distinct=2', spectra: '8' },
  {
    state: 'depth=5&width=5&batch=6&norm=batch_uncentered&data=repeated&distinct=1',
    spectra: '5',
  },
  { state: 'depth=5&width=5&batch=4&sw=0&act=relu', spectra: '1,5' },
  { state: 'depth=5&width=5&batch=4&gain=0&act=sigmoid&mix=skip&tie=sum', spectra: '1,5' },
  { state: 'depth=6&width=5&batch=4&norm=batch&sw=0&mix=orthogonal&tie=sum', spectra: '1,6' },
  { state: 'depth=4&width=5&batch=4', spectra: '4' },
  { state: 'depth=10&width=7&batch=4&norm=batch&act=linear&data=correlated&rho=1', spectra: '1' },
  { state: 'depth=10&width=12&batch=6&norm=batch&act=linear&init=orthogonal', spectra: '10' },
  { state: 'depth=200&width=6&batch=4&act=linear&sw=0.01', spectra: '50' },
  { state: 'depth=200&width=6&batch=4&act=linear&sw=10', spectra: '50' },
  { state: 'depth=100&width=6&batch=4&act=relu&sw=1.414', spectra: '50' },
  { state: 'depth=100&width=5&batch=4&act=relu&mix=skip&tie=free&alpha=10&beta=1', spectra: '50' },
  { state: 'depth=100&width=6&batch=4&mix=orthogonal&tie=depth&c=3', spectra: '40' },
  { state: 'depth=100&width=32&batch=16&init=orthogonal&act=linear', spectra: '0' },
  { state: 'depth=20&width=32&batch=40&norm=batch&act=relu&data=digits', spectra: '0' },
]

/** The networks that are recomputed: a fixed list, a walk through the tables and the edges. */
export const cases: readonly Case[] = [...Array.from({ length: 40 }, (_, i) => walk(i)), ...edges]
