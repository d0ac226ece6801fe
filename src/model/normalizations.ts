/** What a normalization divides by, and along which axis. No learned scale, epsilon = 0. */
export interface Normalization {
  readonly label: string
  /** The entries that share one statistic: a unit over the samples, a sample over the units, or none. */
  readonly axis: 'batch' | 'feature' | 'none'
  /** Is the mean along that axis subtracted before dividing by the standard deviation (else by the rms)? */
  readonly centred: boolean
  readonly source: string
}

const table = {
  none: { label: 'None', axis: 'none', centred: false, source: 'identity' },
  batch: {
    label: 'Batch',
    axis: 'batch',
    centred: true,
    source: 'Ioffe and Szegedy 2015, arXiv:1502.03167',
  },
  batch_uncentered: {
    label: 'Batch, not centred',
    axis: 'batch',
    centred: false,
    source: 'Meterez et al. 2024, arXiv:2310.02012, eq. 4',
  },
  layer: {
    label: 'Layer',
    axis: 'feature',
    centred: true,
    source: 'Ba et al. 2016, arXiv:1607.06450',
  },
  rms: {
    label: 'RMS',
    axis: 'feature',
    centred: false,
    source: 'Zhang and Sennrich 2019, arXiv:1910.07467',
  },
} satisfies Record<string, Normalization>

export type NormalizationId = keyof typeof table
export const normalizations: Readonly<Record<NormalizationId, Normalization>> = table
export const normalizationIds = Object.keys(table) as readonly NormalizationId[]
