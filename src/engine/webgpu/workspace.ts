import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Network } from '../../model/network.ts'
import { EngineError } from '../errors.ts'
import { type Gpu, roundUp } from './gpu.ts'
import type { Shape } from './kernels/stepShape.ts'
import { type Layout, layoutWith, wantedSlots } from './layout.ts'
import { gainTable, networkParameters } from './networkParameters.ts'
import type { Parameters } from './parameters.ts'
import { type WeightPlaces, weightPlaces } from './weightPlaces.ts'

/** The device memory of one run and how it is divided. */
export interface Workspace {
  readonly shape: Shape
  readonly layout: Layout
  readonly places: WeightPlaces
  readonly parameters: Parameters
  readonly arena: TensorInfo
  readonly weights: TensorInfo
  readonly gains: TensorInfo
}

export interface WorkspaceRequest {
  readonly shape: Shape
  readonly weightBytes: number
  /** Bytes that one buffer may have, whatever the device would give. */
  readonly maxBufferBytes: number
}

/**
 * Allocates what a network needs, in smaller pieces where the device has less room.
 * @throws EngineError 'out-of-memory' where not even the smallest pieces fit
 */
export async function openWorkspace(
  gpu: Gpu,
  network: Network,
  { shape, weightBytes, maxBufferBytes }: WorkspaceRequest,
): Promise<Workspace> {
  const limit = Math.min(maxBufferBytes, gpu.device.limits.maxStorageBufferBindingSize)
  const places = halvings(weightBytes, 1).map((bytes) => weightPlaces(network, bytes))
  const weights = await allocateLargest(gpu, places, limit)
  const layouts = halvings(wantedSlots(network, shape), 2 * network.config.branch + 2).map(
    (slots) => layoutWith(network, shape, slots),
  )
  const arena = await allocateLargest(gpu, layouts, limit).catch((error: unknown) => {
    gpu.free(weights.tensor)
    throw error
  })
  return {
    shape,
    layout: arena.fitted,
    places: weights.fitted,
    parameters: networkParameters(network, arena.fitted, weights.fitted),
    arena: arena.tensor,
    weights: weights.tensor,
    gains: gpu.upload(gainTable(network)),
  }
}

export function closeWorkspace(gpu: Gpu, { arena, weights, gains }: Workspace): void {
  for (const tensor of [arena, weights, gains]) gpu.free(tensor)
}

/** largest, half of it, ..., smallest. */
function halvings(largest: number, smallest: number): number[] {
  const sizes = [largest]
  while (sizes.at(-1)! > smallest) sizes.push(Math.max(smallest, Math.floor(sizes.at(-1)! / 2)))
  return sizes
}

/** The first of the candidates that the device can hold. */
async function allocateLargest<T extends { readonly floats: number }>(
  gpu: Gpu,
  candidates: readonly T[],
  limit: number,
): Promise<{ readonly tensor: TensorInfo; readonly fitted: T }> {
  let tried = Infinity
  for (const fitted of candidates) {
    const floats = roundUp(fitted.floats)
    if (4 * floats > limit || floats === tried) continue
    tried = floats
    const tensor = await gpu.tryAllocate(floats)
    if (tensor) return { tensor, fitted }
  }
  throw new EngineError(
    'out-of-memory',
    `the GPU has no room for this network: ${4 * candidates.at(-1)!.floats} bytes are needed at least`,
  )
}
