import type { Forecast, Spectrum, Summary } from '../engine/protocol.ts'
import type { StatisticId } from '../engine/statistics.ts'

/** One network, measured or predicted, as far as a sweep looks at it. */
export interface Outcome extends Pick<Forecast, 'rows'>, Summary {
  /** The Jacobian of the last layer; absent where nobody asked for it. */
  readonly spectrum?: Pick<Spectrum, 'log10SingularValues'> | undefined
}

/** One number of a whole network, to be drawn against a setting. */
export interface Quantity {
  readonly label: string
  /** One sentence: what it is. */
  readonly meaning: string
  /** Is it about the signal going up, or the gradient coming down? */
  readonly pass: 'forward' | 'backward'
  /** Is it a log10, in which -Infinity stands for an exact zero? */
  readonly isLog10: boolean
  /** Can it be negative or zero, and so stand on no logarithmic axis? */
  readonly isSigned?: boolean
  /** Is it a single entry of a row, so that the entry's band over the seeds is its own? */
  readonly isEntry?: boolean
  /** NaN where it does not exist or nobody knows it. */
  readonly of: (outcome: Outcome) => number
}

const last = (row: Float64Array | null | undefined) => row?.at(-1) ?? NaN

const atTop =
  (id: StatisticId) =>
  ({ rows }: Outcome) =>
    last(rows[id])

/** log10 of largest over smallest, from layer 1 on; NaN where a part of the row is not known. */
function log10Ratio(row: Float64Array | null | undefined): number {
  const values = row?.subarray(1) ?? new Float64Array(0)
  if (values.length === 0 || values.some(Number.isNaN)) return NaN
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return high === -Infinity ? NaN : high - low
}

/** TABLE: what a sweep can draw. The ids are public: links say them. */
const table = {
  gradient_growth: {
    label: 'gradient growth a layer',
    pass: 'backward',
    meaning: 'Factor by which the gradient grows in each layer, going down.',
    isLog10: false,
    of: ({ gradientGrowth }) => gradientGrowth ?? NaN,
  },
  gsc_growth: {
    label: 'GSC growth a layer',
    pass: 'backward',
    meaning: 'Factor by which the gradient scale coefficient grows in each layer, going down.',
    isLog10: false,
    of: ({ gscGrowth }) => gscGrowth ?? NaN,
  },
  log10_gradient: {
    label: 'gradient at the input / at the top',
    pass: 'backward',
    meaning: 'Growth of the gradient over the whole depth.',
    isLog10: true,
    of: ({ rows: { log10_gradient_rms: row } }) => (row?.[0] ?? NaN) - last(row),
  },
  log10_weight_gradient: {
    label: 'gradient of the first weights',
    pass: 'backward',
    meaning:
      'Norm of the gradient of the weights of layer 1, which is what papers plot over depth.',
    isLog10: true,
    isEntry: true,
    of: ({ rows }) => rows.log10_weight_gradient_norm?.[1] ?? NaN,
  },
  log10_gradient_ratio: {
    label: 'weight gradients, largest / smallest',
    pass: 'backward',
    meaning: 'Norm of the gradient of the weights: of the layer with most over that with least.',
    isLog10: true,
    of: ({ rows }) => log10Ratio(rows.log10_weight_gradient_norm),
  },
  log10_activation_rms: {
    label: 'signal at the top, rms',
    pass: 'forward',
    meaning: 'Root mean square of the signal after the last layer.',
    isLog10: true,
    isEntry: true,
    of: atTop('log10_activation_rms'),
  },
  mean_cosine: {
    label: 'mean cosine at the top',
    pass: 'forward',
    meaning: 'Cosine between two samples after the last layer, averaged over pairs: 1 = collapsed.',
    isLog10: false,
    isSigned: true,
    isEntry: true,
    of: atTop('mean_cosine'),
  },
  isometry_gap: {
    label: 'isometry gap at the top',
    pass: 'forward',
    meaning: 'How far the samples are from orthogonal and equally long after the last layer.',
    isLog10: false,
    isEntry: true,
    of: atTop('isometry_gap'),
  },
  effective_rank: {
    label: 'effective rank at the top',
    pass: 'forward',
    meaning: 'How many directions the batch fills after the last layer.',
    isLog10: false,
    isEntry: true,
    of: atTop('effective_rank'),
  },
  log10_condition: {
    label: 'condition number of the Jacobian',
    pass: 'backward',
    meaning: 'Largest over smallest singular value of the whole network; infinite where one is 0.',
    isLog10: true,
    of: ({ spectrum }) => {
      const values = spectrum?.log10SingularValues
      const largest = values?.[0] ?? NaN
      return largest === -Infinity ? NaN : largest - last(values)
    },
  },
} satisfies Record<string, Quantity>

export type QuantityId = keyof typeof table
export const quantities: Readonly<Record<QuantityId, Quantity>> = table
export const quantityIds = Object.keys(table) as readonly QuantityId[]

/** What is drawn where a link does not say it. */
export const DEFAULT_QUANTITY: QuantityId = 'gradient_growth'

/** Does it take the Jacobian of the last layer? */
export const needsSpectrum = (id: QuantityId): boolean => id === 'log10_condition'
