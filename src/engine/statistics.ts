/** TABLE: every per-layer statistic (contract section 3). The ids are the public names. */
export interface Statistic {
  readonly label: string
  /** First layer it exists for. */
  readonly from: 0 | 1
  readonly pass: 'forward' | 'backward'
  /** Is it a log10 of something, in which -Infinity stands for an exact zero? */
  readonly isLog10: boolean
  /** One sentence: what it is. */
  readonly meaning: string
}

const table = {
  log10_activation_rms: {
    label: 'activation rms',
    from: 0,
    pass: 'forward',
    isLog10: true,
    meaning: 'Root mean square of all entries of X, the signal after the layer.',
  },
  log10_preactivation_rms: {
    label: 'pre-activation rms',
    from: 1,
    pass: 'forward',
    isLog10: true,
    meaning: 'Root mean square of H, what enters the normalization.',
  },
  mean_cosine: {
    label: 'mean cosine',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Cosine between two samples of the batch, averaged over pairs: 1 = collapsed.',
  },
  mean_abs_cosine: {
    label: 'mean |cosine|',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Absolute cosine between two samples, averaged over pairs.',
  },
  min_cosine: {
    label: 'smallest cosine',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Cosine of the pair of samples that is furthest apart.',
  },
  max_cosine: {
    label: 'largest cosine',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Cosine of the pair of samples that is closest together.',
  },
  isometry_gap: {
    label: 'isometry gap',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning:
      'ln of arithmetic over geometric mean of the Gram eigenvalues: 0 = orthogonal samples.',
  },
  effective_rank: {
    label: 'effective rank',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: '(tr G)² / tr(G²) of the Gram matrix: how many directions the batch fills.',
  },
  preactivation_std_ratio: {
    label: 'pre-activation spread',
    from: 1,
    pass: 'forward',
    isLog10: false,
    meaning: 'Spread over samples against size of Z, what enters phi: 0 = collapsed domain.',
  },
  sign_diversity: {
    label: 'sign diversity',
    from: 1,
    pass: 'forward',
    isLog10: false,
    meaning: 'Share of the rarer sign of a unit over the samples, averaged: 0 = pseudo-linear.',
  },
  log10_gradient_rms: {
    label: 'gradient rms',
    from: 0,
    pass: 'backward',
    isLog10: true,
    meaning: 'Root mean square of d loss / d X.',
  },
  log10_weight_gradient_norm: {
    label: 'weight gradient norm',
    from: 1,
    pass: 'backward',
    isLog10: true,
    meaning: 'Frobenius norm of d loss / d W.',
  },
  log10_gsc: {
    label: 'gradient scale coefficient',
    from: 0,
    pass: 'backward',
    isLog10: true,
    meaning: 'Growth of the gradient relative to the size of the signal, from the top layer down.',
  },
} satisfies Record<string, Statistic>

export type StatisticId = keyof typeof table
export const statistics: Readonly<Record<StatisticId, Statistic>> = table
export const statisticIds = Object.keys(table) as readonly StatisticId[]

/**
 * A row a statistic, an entry a layer 0 ... L. NaN stands for "does not exist" (null outside),
 * -Infinity for the log10 of an exact zero, Infinity for the isometry gap of a singular Gram matrix.
 */
export type LayerRows = Readonly<Record<StatisticId, Float64Array>>

export function emptyRows(depth: number): LayerRows {
  const entries = statisticIds.map((id) => [id, new Float64Array(depth + 1).fill(NaN)] as const)
  return Object.fromEntries(entries) as LayerRows
}
