import type { LayerRows } from '../engine/statistics.ts'

/** What theory starts from: the inputs as they were drawn. */
export interface LayerZero {
  readonly log10Rms: number
  readonly meanCosine: number
  readonly isometryGap: number
}

/** Layer 0 as measured; null while it is not, and where it is zero. */
export function layerZeroOf({
  log10_activation_rms,
  mean_cosine,
  isometry_gap,
}: Pick<LayerRows, 'log10_activation_rms' | 'mean_cosine' | 'isometry_gap'>): LayerZero | null {
  const [log10Rms = NaN, meanCosine = NaN] = [log10_activation_rms[0], mean_cosine[0]]
  if (!Number.isFinite(log10Rms) || Number.isNaN(meanCosine)) return null
  return { log10Rms, meanCosine, isometryGap: isometry_gap[0] ?? NaN }
}
