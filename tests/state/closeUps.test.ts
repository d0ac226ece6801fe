import { describe, expect, it, vi } from 'vitest'
import { defaultConfig } from '../../src/model/config.ts'
import { closeUpsOf, glanceOf, spread } from '../../src/state/closeUps.ts'

vi.mock('react', () => ({}))

describe('spread(first, last, count)', () => {
  it('has both ends, no layer twice, and at most count of them', () => {
    expect(spread(1, 10, 4)).toEqual([1, 4, 7, 10])
    expect(spread(0, 2, 128)).toEqual([0, 1, 2])
    expect(spread(1, 1, 32)).toEqual([1])
  })
})

describe('closeUpsOf(config)', () => {
  it('asks for fewer spectra of wide networks, and for none that would take minutes', () => {
    const count = (width: number, depth: number) =>
      closeUpsOf({ ...defaultConfig, width, depth }).spectra.length
    expect([count(128, 100), count(256, 100), count(512, 100)]).toEqual([32, 4, 4])
    expect(count(1024, 10_000)).toBe(0)
  })

  it('ends at the top of a depth rounded to branches', () => {
    const { spectra, pictures } = closeUpsOf({ ...defaultConfig, depth: 11, branch: 4 })
    expect([spectra.at(-1), pictures.at(-1)]).toEqual([8, 8])
  })
})

describe('glanceOf(config, cursor)', () => {
  it('is one picture where the cursor is, within the depth', () => {
    expect(glanceOf(defaultConfig, 7)).toEqual({ spectra: [], pictures: [7] })
    expect(glanceOf({ ...defaultConfig, depth: 5 }, 7).pictures).toEqual([5])
    expect(glanceOf(defaultConfig, null).pictures).toEqual([64])
  })
})
