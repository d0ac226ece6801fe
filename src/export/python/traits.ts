import type { NetworkConfig } from '../../model/config.ts'
import { mixings } from '../../model/mixings.ts'
import type { Network } from '../../model/network.ts'
import { normalizations } from '../../model/normalizations.ts'

/** What a script of this network needs, worked out once: sections ask for nothing else. */
export interface Traits {
  readonly network: Network
  readonly config: NetworkConfig
  readonly axis: 'batch' | 'feature' | 'none'
  readonly centred: boolean
  /** Two entries share one mean and deviation: Z is +-1 whatever H is, and no gradient passes. */
  readonly isPair: boolean
  readonly isPreactivation: boolean
  readonly filter: 'absent' | 'identity' | 'orthogonal'
  readonly hasBias: boolean
  readonly hasGain: boolean
  readonly hasConstants: boolean
  readonly hasSeeds: boolean
}

export function traitsOf(network: Network): Traits {
  const { config } = network
  const { axis, centred } = normalizations[config.norm]
  const groupSize = axis === 'batch' ? network.batch : network.width
  return {
    network,
    config,
    axis,
    centred,
    isPair: axis !== 'none' && centred && groupSize === 2,
    isPreactivation: config.order === 'norm_act_linear',
    filter: mixings[config.mix].filter,
    hasBias: config.sb > 0,
    hasGain: config.gain !== 1 || config.gain_decay !== 0,
    hasConstants: network.a !== 1 || network.b !== 0,
    hasSeeds: config.seeds > 1,
  }
}

/** Activation and slopes depend on the layer only through its gain. */
export const layerArgument = ({ hasGain }: Traits): string => (hasGain ? ', layer' : '')

/** S of the block that ends at `layer`. */
export const filterCall = ({ config }: Traits): string =>
  `network.filter(${config.branch === 1 ? 'layer' : 'layer // BRANCH'})`
