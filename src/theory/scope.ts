import { activations } from '../model/activations.ts'
import type { NetworkConfig } from '../model/config.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { samplesStayAlike } from './batchStability.ts'
import { columnDimensions } from './batchLaw.ts'
import { momentLaw } from './moments.ts'
import { type Nonlinearity, nonlinearityAt } from './nonlinearity.ts'

/** Columns need this many dimensions for the mean of 1 / sigma^2 over the units to settle at usual widths. */
const FEWEST_DIMENSIONS = 4

/**
 * A linear network with batch norm keeps its Gram matrix round only while dimensions^2 is below this share of
 * the width: the spread of its eigenvalues is their square root.
 */
const ROUND_GRAM = 0.25

/**
 * Where the Gram matrix does not stay round, a finite width n moves the squared gradient by up to 4 / n nats a sample within
 * some dozen layers, and by 1 to 4 / n a layer from there on (measured over 64 layers at widths 128, 512 and 1024). What
 * the bend of the activation makes it grow by a layer must be more.
 */
const BEND_TIMES_WIDTH = 5

/** Is a network within what the theory describes? Outside there is no prediction. */
export function isInScope(network: Network): boolean {
  const { config } = network
  return (
    areWeightsFresh(network) &&
    areUnitsNormal(config) &&
    (normalizations[config.norm].axis !== 'batch' || isBatchInScope(network)) &&
    // Two units, centred and divided by their deviation, are +-1 whatever they were.
    !(config.norm === 'layer' && config.width === 2)
  )
}

/** Layers that share their weights are described only where the law of the weights does not matter. */
function areWeightsFresh({ config, depth }: Network): boolean {
  if (config.tied === 0 || depth === 1) return true
  const isRotation = config.act === 'linear' && config.init === 'orthogonal' && config.sb === 0
  return isRotation && config.mix === 'none' && (config.norm === 'none' || config.norm === 'rms')
}

/** Digits are no normal variables: what phi makes of them directly is not known, nor how their halves differ. */
function areUnitsNormal({ data, order, act, init }: NetworkConfig): boolean {
  if (data !== 'digits') return true
  return init !== 'looks_linear' && (order === 'linear_norm_act' || act === 'linear')
}

/** Batch norm is described where all samples of the batch are alike and stay so. */
function isBatchInScope(network: Network): boolean {
  const { config, depth } = network
  const shape = { batch: network.batch, centred: normalizations[config.norm].centred }
  const dimensions = columnDimensions(shape)
  if (dimensions < FEWEST_DIMENSIONS || config.init === 'looks_linear') return false
  if (!shape.centred && !staysUncorrelated(network)) return false
  if (!areSamplesAlike(config)) return false
  // Columns that do not vary over the batch are divided by nothing.
  if (config.sw === 0 || config.gain === 0) return false
  if (isRotatedBatch(network)) return dimensions < network.width
  const [first, last] = [nonlinearityAt(network, 1), nonlinearityAt(network, depth)]
  const isRound = dimensions * dimensions <= ROUND_GRAM * network.width
  if (!isRound && bend(last) * network.width < BEND_TIMES_WIDTH) return false
  return samplesStayAlike(first, depth) && samplesStayAlike(last, depth)
}

const areSamplesAlike = ({ data, rho }: NetworkConfig) =>
  data === 'gaussian' || (data === 'correlated' && rho < 1)

/** ln E[f'^2] / Var f: what a layer of batch norm and f makes a squared gradient grow by, large batch; 0 for linear f. */
function bend(f: Nonlinearity): number {
  return -Math.log(momentLaw(f)(0).spread(1))
}

/** Without centring, samples must have nothing in common, neither to begin with nor from a bias or the mean of phi. */
function staysUncorrelated({ config, b }: Network): boolean {
  const { phi } = activations[config.act]
  const isOdd = [0.3, 1, 4].every((u) => phi(u, config.slope) === -phi(-u, config.slope))
  return isOdd && b === 0 && config.sb === 0 && config.data === 'gaussian'
}

/** Linear, orthogonal weights, nothing mixed in: batch norm alone changes the Gram matrix, towards isometry. */
export function isRotatedBatch({ config }: Network): boolean {
  const isLinear = config.act === 'linear' && config.init === 'orthogonal' && config.mix === 'none'
  return isLinear && config.sb === 0 && normalizations[config.norm].axis === 'batch'
}
