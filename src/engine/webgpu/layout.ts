import { normalizations } from '../../model/normalizations.ts'
import type { Network } from '../../model/network.ts'
import { gramTiles, PARTIAL as gramPartial } from './kernels/gram.ts'
import { orthogonalizationFloats, PARTIAL as orthogonalPartial } from './kernels/orthogonalize.ts'
import { columnBlocks, PARTIAL as spreadPartial } from './kernels/spread.ts'
import type { Shape } from './kernels/stepShape.ts'
import { weightTiles } from './kernels/weightGradient.ts'

/** Exponent of what is exactly zero on the device (ZERO_EXPONENT of kernels/scale.wgsl). */
export const MIN_EXPONENT = -(2 ** 23)
/** Floats of meta data a row, and where its exponents and sums stand (kernels/layout.wgsl). */
export const ROW_META = 12
export const X_EXPONENT = 0
export const X_SQUARES = 1
export const Z_EXPONENT = 4

/** Room for the rows that are being measured at a time. */
const SCRATCH_FLOATS = 2 ** 21
const MAX_MEASURED = 256
/** What the records of a pass may take: as propagate.ts budgets, so that a ring of them fits. */
const RECORD_BYTES = 96 * 2 ** 20

/** Where the matrices of a network lie in the arena, in floats. All offsets are multiples of four. */
export interface Layout {
  readonly samples: number
  readonly width: number
  /** Floats from row to row. */
  readonly lead: number
  /** [samples, lead] */
  readonly matrix: number
  /** Within a slot: column statistics, X, Z, the operand of W in the pre-activation order; then its size. */
  readonly columns: number
  readonly x: number
  readonly z: number
  readonly activated: number
  readonly slot: number
  /** In the arena: exponents beside the gradient, the gradient, what skips the block, raw products. */
  readonly sideExponents: number
  readonly gradient: number
  readonly skipped: number
  readonly product: number
  readonly filtered: number
  readonly ring: number
  readonly slots: number
  readonly scratch: number
  readonly partials: number
  /** Layers that can be measured at a time. */
  readonly measured: number
  readonly floats: number
}

const roundToFour = (count: number) => 4 * Math.ceil(count / 4)

/** Floats from row to row of a matrix of so many columns: whole vec4s. */
export const leadOf = roundToFour

/** Slots that a network can use: a layer each, or what holds the largest recorded span. */
export function wantedSlots(network: Network, shape: Shape): number {
  const { slot } = layoutWith(network, shape, 1)
  const recordable = Math.floor(RECORD_BYTES / (4 * slot))
  return (
    Math.min(network.depth + 1, Math.max(recordable, network.config.branch) + 2) +
    network.config.branch
  )
}

/** The layout with a ring of `slots`. */
export function layoutWith(network: Network, shape: Shape, slots: number): Layout {
  const { batch: samples, width } = network
  const lead = leadOf(width)
  const matrix = samples * lead
  const inSlot = slotLayout(network, lead, matrix)
  const scratchSize = orthogonalizationFloats(samples, lead)
  const measured = Math.max(
    1,
    Math.min(MAX_MEASURED, slots, Math.floor(SCRATCH_FLOATS / scratchSize)),
  )
  const place = placer()
  const sideExponents = place(4 * samples)
  const gradient = place(matrix)
  const skipped = place(network.config.mix === 'none' ? 0 : matrix)
  const product = place(shape.kind === 'wide' ? matrix : 0)
  const filtered = place(shape.kind === 'wide' && network.config.mix === 'orthogonal' ? matrix : 0)
  const ring = place(slots * inSlot.slot)
  const scratch = place(measured * scratchSize)
  const partials = place(measured * partialFloats(samples, width))
  const offsets = { sideExponents, gradient, skipped, product, filtered, ring, scratch, partials }
  const floats = place(0)
  return { samples, width, lead, matrix, ...inSlot, ...offsets, slots, measured, floats }
}

function slotLayout({ config }: Network, lead: number, matrix: number) {
  const place = placer()
  place((matrix / lead) * ROW_META)
  const columns = place(normalizations[config.norm].axis === 'batch' ? 5 * lead + 4 : 0)
  const x = place(matrix)
  const z = place(matrix)
  const activated = place(config.order === 'norm_act_linear' ? matrix : 0)
  return { columns, x, z, activated, slot: place(0) }
}

/** Hands out consecutive places. */
function placer(): (floats: number) => number {
  let end = 0
  return (floats) => {
    const start = end
    end += roundToFour(floats)
    return start
  }
}

/** Floats of a layer's partial statistics, forward or backward (kernels/partials.wgsl, weightGradient.wgsl). */
function partialFloats(samples: number, width: number): number {
  const forward =
    orthogonalPartial + gramPartial * gramTiles(samples) + spreadPartial * columnBlocks(width)
  return Math.max(forward, 1 + weightTiles(width))
}

/**
 * Bytes that a recorded layer counts for: its slot, or more where the ring came out too small for all the
 * records that propagate.ts would otherwise keep at a time.
 */
export function recordBytes({ slot, slots }: Layout, branch: number): number {
  return Math.max(4 * slot, RECORD_BYTES / Math.max(1, slots - 2 - branch))
}
