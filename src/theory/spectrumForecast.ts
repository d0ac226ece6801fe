import { activations } from '../model/activations.ts'
import { gainAt, type Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { filterBounds, type SpectrumBounds } from './filterBounds.ts'
import { filteredSpectrum, semicircleQuantiles } from './filteredSpectrum.ts'
import { type ForwardTrajectory, forwardTrajectory } from './forwardTrajectory.ts'
import { gaussianProduct } from './gaussianProduct.ts'
import { jacobianMoments, type SpectralMoments } from './jacobianMoments.ts'
import { isLengthTypical, lengthFluctuation } from './lengthFluctuation.ts'
import { pairClasses } from './pairClasses.ts'
import { productSpectrum } from './productSpectrum.ts'
import { isInScope } from './scope.ts'
import type { Start } from './trajectory.ts'

/** What is known of the singular values of d x_l / d x_0 without drawing a network; null for a part that is not. */
export interface SpectrumForecast {
  readonly layer: number
  /** log10 of all n, largest first; -Infinity = exact zero. */
  readonly log10SingularValues: Float64Array | null
  /** log10 of what none is above, and none below. */
  readonly bounds: { readonly low: number; readonly high: number } | null
  /** Of the squares: log10 of their mean, and their variance in units of the squared mean. */
  readonly moments: { readonly log10Mean: number; readonly spread: number } | null
  /** Whose law it is, for a legend. */
  readonly law: string
}

const LN_TO_LOG10 = 1 / Math.LN10

/** Moments of more spread than this many times the width are decided by a few directions, and vary with the seed. */
const SPREAD_PER_WIDTH = 0.25
/** Activations of a mean larger than this, in units of their rms, add up along an identity skip to a direction of its own. */
const LARGEST_MEAN = 0.05
/** Batches larger than this share of the width know too much of every weight. */
const BATCH_PER_WIDTH = 0.25
/** The spread of 1 / sigma^2 over the units exists, and is moderate, from this batch on. */
const SMALLEST_BATCH = 8

/**
 * What theory says of the singular values at the layers named; null where it says nothing.
 *
 * In this order: exact values (linear networks with orthogonal weights, looks-linear ones); the law of Gaussian
 * products; the semicircle of filtered networks with their bounds; products of free matrices; mean and variance alone.
 *
 * @param start  layer 0 as drawn
 * Accuracy: tests/theory/spectrumForecast, against the engine.
 */
export function predictSpectra(
  network: Network,
  start: Start,
  layers: readonly number[],
): readonly (SpectrumForecast | null)[] {
  return layers.length === 0 ? [] : layers.map(spectrumPredictor(network, start))
}

/** The same, layer by layer. */
export function spectrumPredictor(
  network: Network,
  start: Start,
): (layer: number) => SpectrumForecast | null {
  const known = meanFieldOf(network, start)
  return (layer) => {
    const values = exactValues(network, layer) ?? limitValues(network, layer)
    return values ?? generalForecast(network, layer, known)
  }
}

function ofValues(layer: number, ln: Float64Array, law: string): SpectrumForecast {
  return { layer, log10SingularValues: inLog10(ln), bounds: null, moments: null, law }
}

/** ln of the product of sigma_w and the slopes of a linear f over the layers from `first` on. */
function lnScale({ config, a }: Network, layer: number, first = 1): number {
  let ln = 0
  for (let l = first; l <= layer; l++) ln += Math.log(config.sw * Math.abs(a) * gainAt(config, l))
  return ln
}

const isPlain = ({ config }: Network) => config.norm === 'none' && config.mix === 'none'

/** Networks that multiply by one number in every direction that they do not kill. */
function exactValues(network: Network, layer: number): SpectrumForecast | null {
  const { width, config } = network
  if (!isPlain(network)) return null
  if (config.act === 'linear' && config.init === 'orthogonal') {
    const ln = new Float64Array(width).fill(lnScale(network, layer))
    return ofValues(layer, ln, 'exactly alike: a linear network with orthogonal weights')
  }
  return looksLinear(network, layer)
}

/**
 * Mirrored blocks of a homogeneous f: layer after layer f(h) - f(-h) = (f'(1) + f'(-1)) h, and of x_l itself every
 * pair of units is (f'(1), f'(-1)) times one number. Half the directions of the input are lost at once.
 */
function looksLinear(network: Network, layer: number): SpectrumForecast | null {
  const { width, config, b } = network
  const { homogeneous, dphi } = activations[config.act]
  const isMirrored = config.init === 'looks_linear' && config.order === 'linear_norm_act'
  if (!isMirrored || !homogeneous || config.sb !== 0 || b !== 0) return null
  const [right, left] = [dphi(1, config.slope), dphi(-1, config.slope)]
  const between = (layer - 1) * Math.log(Math.abs(right + left))
  const atTop = Math.log(2 * (right * right + left * left)) / 2
  const ln = lnScale(network, layer) + (layer === 1 ? 0 : between) + atTop
  const values = Float64Array.from({ length: width }, (_, i) => (i < width / 2 ? ln : -Infinity))
  return ofValues(layer, values, 'exactly alike, or zero: a linear network in disguise')
}

/** Linear networks with independent weights. */
function limitValues(network: Network, layer: number): SpectrumForecast | null {
  const { config, width } = network
  const isIndependent = config.init === 'gaussian' || config.init === 'uniform'
  const isFresh = config.tied === 0 || layer === 1
  if (!isPlain(network) || config.act !== 'linear' || !isIndependent || !isFresh) return null
  const scale = lnScale(network, layer)
  const ln = gaussianProduct(width, layer).map((value) => value + scale)
  const law = layer < width ? 'Fuss–Catalan law' : 'Lyapunov exponents'
  return ofValues(layer, ln, law)
}

/** What the mean field knows of every layer. */
interface Known {
  readonly forward: ForwardTrajectory
  readonly moments: readonly SpectralMoments[]
}

/** Null outside of what the mean field describes. */
function meanFieldOf(network: Network, start: Start): Known | null {
  const { config, batch, width } = network
  if (!isInScope(network) || config.init === 'looks_linear') return null
  const isBatch = normalizations[config.norm].axis === 'batch'
  if (isBatch && (batch > BATCH_PER_WIDTH * width || batch < SMALLEST_BATCH)) return null
  const classes = pairClasses(config, start.meanCosine) ?? []
  const forward = forwardTrajectory(network, 2 * start.log10Rms * Math.LN10, classes)
  const lengths = lengthFluctuation(network, forward)
  if (!isLengthTypical(network, forward, lengths) || drifts(network, forward)) return null
  return { forward, moments: jacobianMoments(network, forward) }
}

/** Does the mean of the activations pile up along a skip? */
function drifts({ config, depth }: Network, { meanY }: ForwardTrajectory): boolean {
  return config.mix === 'skip' && Math.abs(meanY[depth]!) > LARGEST_MEAN
}

function generalForecast(
  network: Network,
  layer: number,
  known: Known | null,
): SpectrumForecast | null {
  const bounds = filterBounds(network, layer)
  const moments = known && typical(network, known.moments[layer]!)
  const values = known && meanFieldValues(network, layer, known)
  if (!bounds && !moments && !values) return null
  return {
    layer,
    log10SingularValues: values && inLog10(values.ln),
    bounds: bounds && log10Bounds(bounds),
    moments,
    law: values?.law ?? 'mean field',
  }
}

function meanFieldValues(network: Network, layer: number, { forward, moments }: Known) {
  const circle = filteredSpectrum(network, moments, layer)
  if (circle)
    return { ln: semicircleQuantiles(circle, network.width), law: 'semicircle of many small steps' }
  const ln = productSpectrum(network, forward, layer, moments[layer]!)
  return ln && { ln, law: 'product of free random matrices' }
}

/** Moments that a single network shows. */
function typical({ width }: Network, { lnMean, spread }: SpectralMoments) {
  if (!Number.isFinite(lnMean) || spread > SPREAD_PER_WIDTH * width) return null
  return { log10Mean: lnMean * LN_TO_LOG10, spread }
}

const inLog10 = (ln: Float64Array) => ln.map((value) => value * LN_TO_LOG10)

function log10Bounds({ lnLow, lnHigh }: SpectrumBounds) {
  return { low: lnLow * LN_TO_LOG10, high: lnHigh * LN_TO_LOG10 }
}
