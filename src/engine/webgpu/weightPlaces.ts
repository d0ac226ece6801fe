import type { Network } from '../../model/network.ts'
import { leadOf } from './layout.ts'

/** Where drawn weights lie in their buffer, in floats: W of each slot, filters, biases. */
export interface WeightPlaces {
  readonly weightSlots: number
  readonly filterSlots: number
  readonly filters: number
  readonly biases: number
  readonly floats: number
}

/** As many whole blocks of layers as `bytes` hold and the network has; one at least. */
export function weightPlaces({ config, width, depth }: Network, bytes: number): WeightPlaces {
  const { branch, tied, mix } = config
  const lead = leadOf(width)
  const square = lead * lead
  const perBlock = branch * (square + lead) + (mix === 'orthogonal' ? square : 0)
  const affordable = Math.max(1, Math.floor(bytes / 4 / perBlock))
  const blocks = tied === 1 ? 1 : Math.min(affordable, depth / branch)
  const weightSlots = tied === 1 ? 1 : blocks * branch
  const filterSlots = mix === 'orthogonal' ? blocks : 0
  const filters = weightSlots * square
  const biases = filters + filterSlots * square
  return { weightSlots, filterSlots, filters, biases, floats: biases + weightSlots * lead }
}
