import { mean } from '../../src/math/summary.ts'
import { correlationMap } from '../../src/theory/correlationMap.ts'
import { depthScales } from '../../src/theory/depthScales.ts'
import { fieldAt } from '../../src/theory/meanField.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { type Claim, runPreset, sweepPreset, within } from './claim.ts'

/** Growth of the gradient at one scale of the weights, mean over six draws. */
async function growthAt(sw: number): Promise<number> {
  const growths: number[] = []
  for (let seed = 1; seed <= 6; seed++) {
    const [point] = await sweepPreset('depth-scale', { values: [sw], overrides: { seed } })
    growths.push(point!.gradient_growth)
  }
  return mean(growths)
}

/** Depth over which differences between inputs are lost, as the maps say it. */
const fromMaps = (variance: number) => () =>
  Promise.resolve(depthScales(fieldAt(plain('tanh'), Math.sqrt(variance), 0.2236)).xiC!)

/** The same depth in the ordered phase, as gradients say it: they fade at half the rate. */
const fromGradients = (variance: number) => async () =>
  -1 / (2 * Math.log(await growthAt(Math.sqrt(variance))))

/** Slopes that bring unrelated inputs to a cosine of 0.9 at a depth. */
const tailored = [
  [20, 0.1814],
  [50, 0.4305],
  [100, 0.5704],
  [200, 0.6796],
] as const

/** What a depth makes of a cosine of zero, as the map of the activation of a slope says it. */
const cosineFromMap = (depth: number, slope: number) => () => {
  const step = correlationMap(fieldAt(plain('leaky_relu', slope), 1, 0), 1)
  let cosine = 0
  for (let layer = 1; layer <= depth; layer++) cosine = step(cosine)
  return Promise.resolve(cosine)
}

const cosineAt =
  (slope: number, depth = 100) =>
  async () =>
    (
      await sweepPreset('tailored-relu', {
        values: [slope],
        overrides: { depth },
      })
    )[0]!.mean_cosine

const growthOfBatch = (batch: number) => async () => {
  const [point] = await sweepPreset('bn-batch', { values: [batch] })
  return point!.gradient_growth
}

/** Behind batch norm, linear layers: the inverse of a chi-square of batch - 1 degrees, less the mean. */
const priceOf = (batch: number) => Math.sqrt((batch - 2) / (batch - 3))

/** Growth behind batch norm with ReLU and a large batch. */
const RELU_GROWTH = Math.sqrt(Math.PI / (Math.PI - 1))

/** Claims about wide networks. */
export const fieldClaims: readonly Claim[] = [
  {
    preset: 'depth-scale',
    quantity: 'gradient growth at weights of 1.327, the critical scale',
    predicted: '1',
    measure: () => growthAt(1.327),
    accepts: within(1, 0.006),
  },
  {
    preset: 'depth-scale',
    quantity: 'depth of differences from gradients, variance 1.5',
    predicted: '15.8',
    measure: fromGradients(1.5),
    accepts: within(15.8, 2),
  },
  ...(
    [
      [1.5, 15.8],
      [2, 25.2],
    ] as const
  ).map(([variance, layers]): Claim => ({
    preset: 'depth-scale',
    quantity: `depth of differences from the maps, variance ${variance}`,
    predicted: String(layers),
    measure: fromMaps(variance),
    accepts: within(layers, 0.05),
  })),
  ...tailored.map(([depth, slope]): Claim => ({
    preset: 'tailored-relu',
    quantity: `cosine from the map, slope ${slope}, depth ${depth}`,
    predicted: '0.9',
    measure: cosineFromMap(depth, slope),
    accepts: within(0.9, 0.0002),
  })),
  ...(
    [
      [0, 0.9964, 0.002],
      [0.5704, 0.9, 0.03],
      [1, 0, 0.02],
    ] as const
  ).map(([slope, cosine, tolerance]): Claim => ({
    preset: 'tailored-relu',
    quantity: `mean cosine at layer 100, slope ${slope}`,
    predicted: String(cosine),
    measure: cosineAt(slope),
    accepts: within(cosine, tolerance),
  })),
  {
    preset: 'tailored-relu',
    quantity: 'mean cosine at layer 50, slope 0.4305',
    predicted: '0.9',
    measure: cosineAt(0.4305, 50),
    accepts: within(0.9, 0.03),
  },
  ...[8, 16, 32, 64, 128].map((batch): Claim => ({
    preset: 'bn-batch',
    quantity: `gradient growth, batch of ${batch}`,
    predicted: priceOf(batch).toFixed(4),
    measure: growthOfBatch(batch),
    accepts: within(priceOf(batch), 0.01 * priceOf(batch)),
  })),
  {
    preset: 'bn-batch',
    quantity: 'gradient growth, batch of 512, ReLU',
    predicted: RELU_GROWTH.toFixed(4),
    measure: async () => {
      const overrides = { act: 'relu', batch: 512, depth: 60 } as const
      return (await runPreset('bn-batch', { overrides })).summary.gradientGrowth!
    },
    accepts: within(RELU_GROWTH, 0.02 * RELU_GROWTH),
  },
]
