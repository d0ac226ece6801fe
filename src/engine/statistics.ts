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
  readonly formula: string
  /** Where it comes from, where it is not plain arithmetic. */
  readonly source?: string
}

const table = {
  log10_activation_rms: {
    label: 'activation rms',
    from: 0,
    pass: 'forward',
    isLog10: true,
    meaning: 'Root mean square of all entries of X, the signal after the layer.',
    formula: '√(mean over all entries of X²)',
    source: 'Poole et al. 2016, arXiv:1606.05340',
  },
  log10_preactivation_rms: {
    label: 'pre-activation rms',
    from: 1,
    pass: 'forward',
    isLog10: true,
    meaning: 'Root mean square of H, what enters the normalization.',
    formula: '√(mean over all entries of H²)',
    source: 'Poole et al. 2016, arXiv:1606.05340',
  },
  mean_cosine: {
    label: 'mean cosine',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Cosine between two samples of the batch, averaged over pairs: 1 = collapsed.',
    formula: 'mean over pairs a < b of x_a · x_b / (|x_a| |x_b|)',
    source: 'Poole et al. 2016, arXiv:1606.05340',
  },
  mean_abs_cosine: {
    label: 'mean |cosine|',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Absolute cosine between two samples, averaged over pairs.',
    formula: 'mean over pairs a < b of |x_a · x_b| / (|x_a| |x_b|)',
  },
  min_cosine: {
    label: 'smallest cosine',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Cosine of the pair of samples that is furthest apart.',
    formula: 'minimum over pairs of x_a · x_b / (|x_a| |x_b|)',
  },
  max_cosine: {
    label: 'largest cosine',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: 'Cosine of the pair of samples that is closest together.',
    formula: 'maximum over pairs of x_a · x_b / (|x_a| |x_b|)',
  },
  isometry_gap: {
    label: 'isometry gap',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning:
      'ln of arithmetic over geometric mean of the Gram eigenvalues: 0 = orthogonal samples.',
    formula: 'ln(tr G / m) − ln(det G) / m with G = X Xᵀ',
    source: 'Meterez et al. 2024, arXiv:2310.02012',
  },
  effective_rank: {
    label: 'effective rank',
    from: 0,
    pass: 'forward',
    isLog10: false,
    meaning: '(tr G)² / tr(G²) of the Gram matrix: how many directions the batch fills.',
    formula: '(tr G)² / tr(G²) with G = X Xᵀ',
  },
  preactivation_std_ratio: {
    label: 'pre-activation spread',
    from: 1,
    pass: 'forward',
    isLog10: false,
    meaning: 'Spread over samples against size of Z, what enters phi: 0 = collapsed domain.',
    formula: '√(mean over units of the variance over samples of Z) / rms of Z',
    source: 'Philipp et al. 2018, arXiv:1712.05577',
  },
  sign_diversity: {
    label: 'sign diversity',
    from: 1,
    pass: 'forward',
    isLog10: false,
    meaning: 'Share of the rarer sign of a unit over the samples, averaged: 0 = pseudo-linear.',
    formula: 'mean over units of min(P, N) / (P + N), counts of positive and negative Z',
    source: 'Philipp et al. 2018, arXiv:1712.05577',
  },
  log10_gradient_rms: {
    label: 'gradient rms',
    from: 0,
    pass: 'backward',
    isLog10: true,
    meaning: 'Root mean square of d loss / d X.',
    formula:
      '√(mean over all entries of (∂loss/∂X)²), loss = sum of X_L times fixed N(0, 1) numbers',
    source: 'Schoenholz et al. 2017, arXiv:1611.01232',
  },
  log10_weight_gradient_norm: {
    label: 'weight gradient norm',
    from: 1,
    pass: 'backward',
    isLog10: true,
    meaning: 'Frobenius norm of d loss / d W.',
    formula: '√(sum over all entries of (∂loss/∂W)²)',
  },
  log10_gsc: {
    label: 'gradient scale coefficient',
    from: 0,
    pass: 'backward',
    isLog10: true,
    meaning: 'Growth of the gradient relative to the size of the signal, from the top layer down.',
    formula: 'rms(∂loss/∂X_l) / rms(∂loss/∂X_L) × rms(X_l) / rms(X_L)',
    source: 'Philipp et al. 2018, arXiv:1712.05577',
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
