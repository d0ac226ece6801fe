import { fillUniforms } from '../../src/math/random.ts'
import { mean, slope } from '../../src/math/summary.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import { slopeSpread } from '../../src/theory/slopeSpread.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { between, type Claim, runPreset, singularValues, within } from './claim.ts'

/** The share of chance in inputs that are nearly orthogonal. */
const SHARE = 0.005

/** (1 - f) I + f u v^T, the entries of u and v uniform between 0 and 1: the inputs of figure 1. */
function nearlyOrthogonal(width: number, seed: number): Float64Array {
  const sides = new Float64Array(2 * width)
  fillUniforms(sides, { seed, role: 0, layer: 0 })
  const share = sides.map((value) => (1 + value) / 2)
  return Float64Array.from({ length: width ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width]
    return (row === column ? 1 - SHARE : 0) + SHARE * share[row]! * share[width + column]!
  })
}

/** Rate at which the isometry gap falls from near isometry, nats a layer, mean over ten draws. */
const gapRate = (width: number) => async () => {
  const rates: number[] = []
  for (let seed = 1; seed <= 10; seed++) {
    const { rows } = await runPreset('bn-isometry', {
      overrides: { width, batch: width, depth: 100, seed },
      given: { x0: nearlyOrthogonal(width, seed) },
    })
    const gaps = Array.from(rows.isometry_gap)
    rates.push(-slope([...gaps.keys()], gaps.map(Math.log)))
  }
  return mean(rates)
}

const gapAtTop = (act: 'linear' | 'sin' | 'tanh') => async () =>
  (await runPreset('bn-isometry', { overrides: { act, seeds: 2 } })).rows.isometry_gap.at(-1)!

const meanGrowth = (norm: 'batch' | 'batch_uncentered', batch: number) => async () => {
  const { summary } = await runPreset('bn-mean', { overrides: { norm, batch } })
  return Math.log(summary.gradientGrowth!)
}

/** Variance of the squared singular values, in units of their squared mean. */
function spreadOfSquares(values: readonly number[]): number {
  const squares = values.map((value) => value * value)
  const size = mean(squares)
  return mean(squares.map((square) => (square / size - 1) ** 2))
}

/** What a layer adds to that spread, once the signal has its size; mean over four draws. */
async function spreadOfOneLayer(): Promise<number> {
  const [from, to] = [20, 60]
  const rates: number[] = []
  for (let seed = 1; seed <= 4; seed++) {
    const { spectra } = await runPreset('isometry-tanh', {
      overrides: { width: 256, batch: 2, seed },
      spectra: [from, to],
    })
    const [near, far] = spectra.map((one) => spreadOfSquares(singularValues({ spectra: [one] })))
    rates.push((far! - near!) / (to - from))
  }
  return mean(rates)
}

/** What the weakest direction has lost at the top, powers of ten; mean over four draws. */
const weakest = (overrides: Partial<NetworkConfig>) => async () => {
  const lost: number[] = []
  for (let seed = 1; seed <= 4; seed++) {
    const run = await runPreset('isometry-tanh', {
      overrides: { ...overrides, batch: 2, seed },
      spectra: [60],
    })
    lost.push(-run.spectra[0]!.log10SingularValues.at(-1)!)
  }
  return mean(lost)
}

/** Mean square of the pre-activations where they settle, on the critical line at a bias of 0.0316. */
const SETTLED = 0.10729
const oneLayer = slopeSpread(plain('tanh'), Math.log(SETTLED))

/** Claims about isometry: of samples behind batch norm, and of whole networks. */
export const isometryClaims: readonly Claim[] = [
  ...(
    [
      [50, '0.040 (figure 1, read off)'],
      [100, '0.020 (figure 1, read off)'],
    ] as const
  ).map(([width, reported]): Claim => {
    const rate = Math.log((width + 2) / width)
    return {
      preset: 'bn-isometry',
      quantity: `fall of a small isometry gap, nats a layer, width ${width}`,
      reported,
      predicted: rate.toFixed(4),
      measure: gapRate(width),
      accepts: within(rate, 0.05 * rate),
    }
  }),
  {
    preset: 'bn-isometry',
    quantity: 'isometry gap at layer 500, linear',
    reported: '0.03 (figure G5, other data)',
    predicted: 'below 0.05',
    measure: gapAtTop('linear'),
    accepts: between(0, 0.05),
  },
  ...(['sin', 'tanh'] as const).map((act): Claim => ({
    preset: 'bn-isometry',
    quantity: `isometry gap at layer 500, ${act}`,
    reported: 'about 1 (figure G5)',
    predicted: 'about 1',
    measure: gapAtTop(act),
    accepts: within(1, 0.1),
  })),
  ...(['batch', 'batch_uncentered'] as const).map((norm): Claim => ({
    preset: 'bn-mean',
    quantity: `gradient growth, nats a layer, ${norm}`,
    reported: 'flat (figure G6)',
    predicted: '0',
    measure: meanGrowth(norm, 128),
    accepts: within(0, 0.0005),
  })),
  {
    preset: 'bn-mean',
    // Centred, 100 samples span 99 directions of 100, and a batch without full rank explodes.
    quantity: 'the same of 100 centred samples in 100 dimensions',
    reported: '0.85 nats over 1000 layers (figure G6)',
    predicted: 'above 0, below 0.001',
    measure: meanGrowth('batch', 100),
    accepts: between(0.0003, 0.001),
  },
  {
    preset: 'isometry-tanh',
    quantity: 'relative variance of squared singular values, a layer',
    predicted: oneLayer.toFixed(4),
    measure: spreadOfOneLayer,
    accepts: within(oneLayer, 0.15 * oneLayer),
  },
  ...(
    [
      ['orthogonal', {}, 8, 1],
      ['Gaussian', { init: 'gaussian' }, 80, 8],
      ['orthogonal, larger weights and biases', { sw: 1.327, sb: 0.2236 }, 32, 4],
    ] as const
  ).map(([name, overrides, decades, tolerance]): Claim => ({
    preset: 'isometry-tanh',
    quantity: `smallest singular value at layer 60, -log10, ${name}`,
    predicted: `about ${decades}`,
    measure: weakest(overrides),
    accepts: within(decades, tolerance),
  })),
]
