import { describe, expect, it } from 'vitest'
import { presetIds } from '../../src/state/presets.ts'
import { claims } from './claims.ts'

describe('every preset keeps what it promises', () => {
  it.each(claims)('$preset: $quantity is $predicted', async ({ measure, accepts }) => {
    const measured = await measure()
    expect(accepts(measured), `measured ${measured}`).toBe(true)
  })

  it('has a claim for each preset', () => {
    expect(new Set(claims.map(({ preset }) => preset))).toEqual(new Set(presetIds))
  })
})
