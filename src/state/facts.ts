import { summarize } from '../engine/summary.ts'
import type { Network } from '../model/network.ts'
import type { Run } from './run.ts'

/** What becomes of a signal or a gradient over the whole depth. `dies`: it is exactly zero at its end. */
export type Fate = 'explodes' | 'vanishes' | 'dies' | 'arrives'

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

/** A factor of ten over the whole depth is news. */
const NEWS_LOG10 = 1
/** Mean cosine from which a batch counts as one direction, and below which it started apart. */
const COLLAPSED = 0.95
const APART = 0.9

export function networkOfRun({ config, start }: Run): Network {
  const { width, batch } = config
  const { depth, alpha, beta, a, b } = start
  return { config, width, batch, depth, alpha, beta, a, b }
}

function fateOf(log10: number): Fate {
  if (log10 === -Infinity || Number.isNaN(log10)) return 'dies'
  if (log10 > NEWS_LOG10) return 'explodes'
  return log10 < -NEWS_LOG10 ? 'vanishes' : 'arrives'
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
    gradient: fateOf(gradientLog10),
    deadBelow: gradient.findIndex((value) => value > -Infinity),
    signalLog10,
    signal: fateOf(signalLog10),
    topCosine,
    collapses: topCosine > COLLAPSED && entry(cosine, 0) < APART,
  }
}
