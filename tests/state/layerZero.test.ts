import { expect, test } from 'vitest'
import { emptyRows } from '../../src/engine/statistics.ts'
import { layerZeroOf } from '../../src/state/layerZero.ts'

const rowsWith = (log10Rms: number, meanCosine: number) => ({
  ...emptyRows(2),
  log10_activation_rms: Float64Array.of(log10Rms, 1, 1),
  mean_cosine: Float64Array.of(meanCosine, 1, 1),
  isometry_gap: Float64Array.of(0.75, 1, 1),
})

test('layerZeroOf(rows) is what theory starts from', () => {
  expect(layerZeroOf(rowsWith(-0.25, 0.5))).toEqual({
    log10Rms: -0.25,
    meanCosine: 0.5,
    isometryGap: 0.75,
  })
})

test('layerZeroOf(rows) is null before it is measured, and where the inputs are zero', () => {
  expect(layerZeroOf(emptyRows(2))).toBeNull()
  expect(layerZeroOf(rowsWith(-Infinity, NaN))).toBeNull()
  expect(layerZeroOf(rowsWith(0, NaN))).toBeNull()
})
