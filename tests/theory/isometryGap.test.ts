import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/select.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { isometryFlow } from '../../src/theory/isometryFlow.ts'
import { isometryGap } from '../../src/theory/isometryGap.ts'
import { run } from '../engine/run.ts'
import {
  ISOMETRY_FLOW,
  ISOMETRY_FLOW_OF_ONE,
  ISOMETRY_OF_DRAWS,
  ISOMETRY_RATE,
} from '../tolerances.ts'

const rotation = { act: 'linear', init: 'orthogonal', depth: 20, width: 64, batch: 16 } as const
const predict = (overrides: Partial<NetworkConfig>, drawn?: number) =>
  isometryGap(resolveNetwork({ ...defaultConfig, ...rotation, ...overrides }), drawn)

let engine: Engine
beforeAll(async () => {
  engine = { ...(await loadWasm()), reason: 'test' }
})

describe('the isometry gap of rotated samples', () => {
  it.each(['none', 'rms'] as const)('stays what it was, norm=%s', async (norm) => {
    const wanted = predict({ norm })!
    const { rows } = await run({ ...rotation, norm, seeds: 16 }, { engine })
    for (const l of [0, 1, 20])
      expect(Math.abs(rows.isometry_gap[l]! - wanted[l]!)).toBeLessThan(ISOMETRY_OF_DRAWS)
    expect(wanted[20]).toBe(wanted[1])
    const drawn = predict({ norm }, 0.3)!
    expect(drawn[0]).toBe(0.3)
    expect(drawn[9]! - 0.3).toBeCloseTo(wanted[9]! - wanted[0]!, 12)
  })

  it('is infinite where samples cannot be independent', async () => {
    const centred = predict({ norm: 'batch' })!
    const crowded = predict({ act: 'tanh', batch: 80 })!
    const [one, other] = [
      await run({ ...rotation, norm: 'batch' }, { engine }),
      await run({ ...rotation, act: 'tanh', batch: 80 }, { engine }),
    ]
    expect(one.rows.isometry_gap.slice(1)).toEqual(centred.slice(1))
    expect(other.rows.isometry_gap).toEqual(crowded)
  })

  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['an activation', { act: 'tanh' }],
    ['a bias', { sb: 0.1 }],
    ['other weights', { init: 'gaussian' }],
    ['other inputs', { data: 'digits' }],
    ['fewer samples than units behind batch norm', { norm: 'batch_uncentered' }],
    ['layer norm', { norm: 'layer' }],
  ])('is not predicted for %s', (_, overrides) => {
    expect(predict(overrides)).toBeNull()
  })
})

describe('square batches behind uncentred batch norm', () => {
  it('flow to isometry as 100 units do', async () => {
    const config = { ...rotation, norm: 'batch_uncentered', width: 100, batch: 100 } as const
    const { rows } = await run({ ...config, depth: 220, seeds: 4 }, { engine })
    const wanted = isometryFlow(100, 220)
    wanted.forEach((gap, l) => {
      expect(Math.abs(rows.isometry_gap[l]! - gap)).toBeLessThan(ISOMETRY_FLOW)
    })
  })

  it.each([1, 2, 3, 4])('flow there from the gap that was drawn, seed %i', async (seed) => {
    const config = { ...rotation, norm: 'batch_uncentered', width: 48, batch: 48, seed } as const
    const { rows } = await run({ ...config, depth: 100 }, { engine })
    const wanted = isometryFlow(48, 100, rows.isometry_gap[0])
    wanted.forEach((gap, l) => {
      expect(Math.abs(rows.isometry_gap[l]! - gap)).toBeLessThan(ISOMETRY_FLOW_OF_ONE)
    })
  })

  it.each([20, 50, 100])('end up shrinking by n / (n + 2) a layer, n = %i', (width) => {
    const [from, to] = [6 * width, 9 * width]
    const gaps = isometryFlow(width, to)
    const rate = Math.log(gaps[from]! / gaps[to]!) / (to - from)
    expect(Math.abs(rate / Math.log(1 + 2 / width) - 1)).toBeLessThan(ISOMETRY_RATE)
    expect(gaps.every((gap, l) => l === 0 || gap < gaps[l - 1]!)).toBe(true)
  })
})
