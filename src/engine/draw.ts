import { initializations } from '../model/initializations.ts'
import { haarOrthogonal } from '../math/haar.ts'
import { fillNormals } from '../math/random.ts'
import { drawnLayer, isBlockEnd, type Network } from '../model/network.ts'
import { mixings } from '../model/mixings.ts'
import { roles } from '../model/streams.ts'

/** Which matrices layer l of a network has, and from which streams they come: the same for every engine. */
export interface LayerPlan {
  readonly weightLayer: number
  /** Block number that the filter is drawn for; absent where no filter is mixed in by a matrix. */
  readonly filterLayer?: number | undefined
  /** Is X_l = alpha X_{l-k} S^T + beta Y_l at this layer, and with which S? */
  readonly filter: 'absent' | 'identity' | 'orthogonal'
}

export function planLayer(network: Network, layer: number): LayerPlan {
  const kind = mixings[network.config.mix].filter
  const weightLayer = drawnLayer(network, layer)
  if (kind === 'absent' || !isBlockEnd(network, layer)) return { weightLayer, filter: 'absent' }
  if (kind === 'identity') return { weightLayer, filter: 'identity' }
  const filterLayer = drawnLayer(network, layer / network.config.branch)
  return { weightLayer, filterLayer, filter: 'orthogonal' }
}

/** W of a layer, float64 [n, n]. */
export function drawWeight(network: Network, seed: number, weightLayer: number): Float64Array {
  const { init, sw } = network.config
  const stream = { seed, role: roles.weight, layer: weightLayer }
  return initializations[init].draw(network.width, sw, stream)
}

/** b of a layer, float64 [n]. */
export function drawBias(network: Network, seed: number, weightLayer: number): Float64Array {
  const out = new Float64Array(network.width)
  if (network.config.sb > 0)
    fillNormals(out, { seed, role: roles.bias, layer: weightLayer }, network.config.sb)
  return out
}

/** S of a block, float64 [n, n]. */
export function drawFilter(network: Network, seed: number, filterLayer: number): Float64Array {
  return haarOrthogonal(network.width, { seed, role: roles.filter, layer: filterLayer })
}
