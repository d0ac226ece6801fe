import { summarize } from '../engine/summary.ts'
import type { Network } from '../model/network.ts'
import type { Run } from './run.ts'

/**
 * What becomes of a signal or a gradient over the whole depth. `arrives`: within a factor of two;
 * `grows`, `shrinks`: by more, but not enough to be in the way of training; `dies`: it is exactly zero at its end.
 */
export type Fate = 'explodes' | 'grows' | 'arrives' | 'shrinks' | 'vanishes' | 'dies'

/** The few numbers that a verdict rests on. */
export interface Facts {
  readonly depth: number
  /** Growth of the gradient a layer, going down. */
  readonly growth: number | null
  readonly predictedGrowth: number | null
  /** log10 of gradient at the input over gradient at the top. */
  readonly gradientLog10: number
  readonly gradient: Fate
  /** The lowest layer whose gradient is not zero. */
  readonly deadBelow: number
  /** log10 of signal at the top over signal at the input. */
  readonly signalLog10: number
  readonly signal: Fate
  readonly topCosine: number
  /** Do samples that started apart end in one direction? */
  readonly collapses: boolean
}

/** Within a factor of two over the whole depth, a signal arrives whole. */
const WHOLE_LOG10 = Math.log10(2)
/** A factor of ten over the whole depth is news, one of a thousand where a layer adds next to nothing to it. */
const NEWS_LOG10 = 1
const SLOW_NEWS_LOG10 = 3
const SLOW_LOG10_A_LAYER = Math.log10(1.001)
/** What goes by a twentieth a layer is news before it has come to ten; fewer layers show no rate. */
const FAST_LOG10_A_LAYER = Math.log10(1.05)
const LEAST_LAYERS_OF_A_RATE = 5
/** Mean cosine from which a batch counts as one direction, and below which it started apart. */
const COLLAPSED = 0.95
const APART = 0.9

export function networkOfRun({ config, start }: Run): Network {
  const { width, batch } = config
  const { depth, alpha, beta, a, b } = start
  return { config, width, batch, depth, alpha, beta, a, b }
}

/** Is a change by `size` (log10, without its sign) over so many layers in the way of training? */
function isNews(size: number, depth: number): boolean {
  const rate = size / depth
  if (depth >= LEAST_LAYERS_OF_A_RATE && rate >= FAST_LOG10_A_LAYER) return true
  return size > (rate < SLOW_LOG10_A_LAYER ? SLOW_NEWS_LOG10 : NEWS_LOG10)
}

/** What a change by the factor 10^log10 over so many layers is. */
export function fateOf(log10: number, depth: number): Fate {
  if (log10 === -Infinity || Number.isNaN(log10)) return 'dies'
  const size = Math.abs(log10)
  if (size <= WHOLE_LOG10) return 'arrives'
  if (isNews(size, depth)) return log10 > 0 ? 'explodes' : 'vanishes'
  return log10 > 0 ? 'grows' : 'shrinks'
}

const entry = (row: Float64Array, layer: number) => row[layer] ?? NaN

export function factsOf(run: Run, predictedGrowth: number | null): Facts {
  const { rows } = run
  const { depth } = run.start
  const { log10_gradient_rms: gradient, log10_activation_rms: signal, mean_cosine: cosine } = rows
  const summary = run.summary ?? summarize(rows, networkOfRun(run))
  const gradientLog10 = entry(gradient, 0) - entry(gradient, depth)
  const signalLog10 = entry(signal, depth) - entry(signal, 0)
  const topCosine = entry(cosine, depth)
  return {
    depth,
    growth: summary.gradientGrowth,
    predictedGrowth,
    gradientLog10,
    gradient: fateOf(gradientLog10, depth),
    deadBelow: gradient.findIndex((value) => value > -Infinity),
    signalLog10,
    signal: fateOf(signalLog10, depth),
    topCosine,
    collapses: topCosine > COLLAPSED && entry(cosine, 0) < APART,
  }
}
