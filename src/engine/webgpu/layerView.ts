import type { Scaled } from '../../base/scaled.ts'
import type { ColumnStatistics } from '../backend.ts'
import { copyFloats, type Gpu } from './gpu.ts'
import { type Layout, ROW_META, X_EXPONENT, Z_EXPONENT } from './layout.ts'
import type { Workspace } from './workspace.ts'

/** Looks at one layer's slot: one read-back serves all that is asked of a layer while it stands. */
export class LayerView {
  private readonly gpu: Gpu
  private readonly workspace: Workspace
  private seen: { readonly layer: number; readonly slot: Promise<Float32Array> } | undefined

  constructor(gpu: Gpu, workspace: Workspace) {
    this.gpu = gpu
    this.workspace = workspace
  }

  /** To be called when the arena changes. */
  forget(): void {
    this.seen = undefined
  }

  async activations(layer: number): Promise<Scaled<Float32Array>> {
    const { layout } = this.workspace
    return gathered(await this.slot(layer), layout, layout.x, X_EXPONENT)
  }

  async preactivations(layer: number): Promise<Scaled<Float32Array>> {
    const { layout } = this.workspace
    return gathered(await this.slot(layer), layout, layout.z, Z_EXPONENT)
  }

  async columns(layer: number): Promise<ColumnStatistics> {
    const { columns, lead, width } = this.workspace.layout
    const slot = await this.slot(layer)
    return {
      mean: slot.subarray(columns, columns + width),
      inverse: slot.subarray(columns + lead, columns + lead + width),
      exponent: slot[columns + 5 * lead]!,
    }
  }

  private slot(layer: number): Promise<Float32Array> {
    if (this.seen?.layer !== layer) this.seen = { layer, slot: this.readSlot(layer) }
    return this.seen.slot
  }

  private async readSlot(layer: number): Promise<Float32Array> {
    const { layout, arena } = this.workspace
    const count = layout.z + layout.matrix
    const copy = this.gpu.allocate(count)
    copyFloats(this.gpu, { from: arena, at: slotAt(layout, layer) }, { into: copy, at: 0 }, count)
    const values = await this.gpu.read(copy)
    this.gpu.free(copy)
    return values
  }
}

export const slotAt = ({ ring, slot, slots }: Layout, layer: number): number =>
  ring + (layer % slots) * slot

/** A [samples, width] matrix of a slot on the largest of its rows' exponents. */
function gathered(
  slot: Float32Array,
  { samples, width, lead }: Layout,
  at: number,
  exponentEntry: number,
): Scaled<Float32Array> {
  const exponentOf = (row: number) => slot[row * ROW_META + exponentEntry]!
  const exponents = Array.from({ length: samples }, (_, row) => exponentOf(row))
  const exponent = Math.max(...exponents)
  const values = new Float32Array(samples * width)
  for (let row = 0; row < samples; row++) {
    const factor = 2 ** (exponents[row]! - exponent)
    for (let j = 0; j < width; j++) values[row * width + j] = slot[at + row * lead + j]! * factor
  }
  return { values, exponent }
}
