import { normalizations } from '../../model/normalizations.ts'
import type { Network } from '../../model/network.ts'
import { CELLS, type Shape } from './kernels/stepShape.ts'

/** Invocations of a workgroup, and the widest row that one takes through many layers. */
const INVOCATIONS = 256
const WIDEST_ROW = 256
/** Workgroup memory beside the batch: sums and their lanes. */
const SUM_BYTES = 2560

/** Columns side by side in a workgroup: the power of two that holds the width. */
export const columnsAcross = (width: number): number =>
  Math.max(4, 2 ** Math.ceil(Math.log2(width)))

/**
 * How the layer steps of a network lie on the device. Narrow networks run many layers in one dispatch: a
 * workgroup a row where rows do not see each other, one workgroup for a small batch that is
 * normalized together. All others run layer by layer over the whole device.
 */
export function shapeOf({ config, width, batch }: Network, workgroupBytes: number): Shape {
  if (width > WIDEST_ROW) return { kind: 'wide' }
  if (normalizations[config.norm].axis !== 'batch') return { kind: 'row' }
  const groups = INVOCATIONS / columnsAcross(width)
  const cells = CELLS.find((count) => 4 * count * groups >= batch)
  if (cells === undefined || cells * 16 * INVOCATIONS + SUM_BYTES > workgroupBytes)
    return { kind: 'wide' }
  return { kind: 'batch', cells }
}
