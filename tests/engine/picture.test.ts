import { describe, expect, it } from 'vitest'
import { FLOAT64_SPECTRUM } from '../tolerances.ts'
import { run } from './run.ts'

const small = { width: 24, batch: 6, depth: 5 }

async function spectraOf(overrides: Parameters<typeof run>[0]) {
  const { pictures, rows } = await run({ ...small, ...overrides }, { pictures: [0, 1, 5] })
  return { rows, spectra: pictures.map((picture) => picture.log10SingularValues!) }
}

describe('singular values of the samples', () => {
  it('have the squares of all entries as their sum, at any scale', async () => {
    const { rows, spectra } = await spectraOf({ act: 'relu', sw: 1e-9 })
    spectra.forEach((log10, at) => {
      const layer = [0, 1, 5][at]!
      const top = log10[0]!
      const squares = log10.reduce((sum, value) => sum + 100 ** (value - top), 0)
      const rms = top + Math.log10(squares / (small.width * small.batch)) / 2
      expect(Math.abs(rms - rows.log10_activation_rms[layer]!)).toBeLessThan(FLOAT64_SPECTRUM)
      expect([...log10].sort((a, b) => b - a)).toEqual([...log10])
    })
  })

  it('are kept by rotations', async () => {
    const { spectra } = await spectraOf({ act: 'linear', init: 'orthogonal' })
    spectra[0]!.forEach((value, i) => {
      expect(Math.abs(value - spectra[2]![i]!)).toBeLessThan(FLOAT64_SPECTRUM)
    })
  })

  it('are as many as there are different samples, the rest zero', async () => {
    const { spectra } = await spectraOf({ data: 'repeated', distinct: 2 })
    for (const log10 of spectra)
      expect([...log10].map(Number.isFinite)).toEqual([true, true, false, false, false, false])
  })

  it('are all zero where nothing arrives', async () => {
    const { spectra } = await spectraOf({ sw: 0 })
    expect([...spectra[1]!].every((value) => value === -Infinity)).toBe(true)
  })
})
