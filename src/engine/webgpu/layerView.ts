import type { Scaled } from '../../base/scaled.ts'
import type { ColumnStatistics } from '../backend.ts'
import { copyFloats, type Gpu } from './gpu.ts'
import { type Layout, ROW_META, X_EXPONENT, Z_EXPONENT } from './layout.ts'
import type { Workspace } from './workspace.ts'

/** Floats that one read-back may bring where more layers than the one asked for are at hand. */
const READ_FLOATS = 2 ** 18

/** Slots of consecutive layers on the CPU. */
interface Page {
  readonly first: number
  readonly last: number
  readonly values: Promise<Float32Array>
}

/** Looks at layers: one read-back serves all that is asked of a layer, and of those that stand ready after it. */
export class LayerView {
  private readonly gpu: Gpu
  private readonly workspace: Workspace
  private page: Page | undefined

  constructor(gpu: Gpu, workspace: Workspace) {
    this.gpu = gpu
    this.workspace = workspace
  }

  /** To be called when the arena changes. */
  forget(): void {
    this.page = undefined
  }

  /** Takes what was just put into the slot of a layer for read. */
  show(layer: number, image: Float32Array): void {
    this.page = { first: layer, last: layer, values: Promise.resolve(image) }
  }

  /** How many layers a read-back from `layer` on can bring. */
  reach(layer: number): number {
    const { slot, slots } = this.workspace.layout
    return Math.max(1, Math.min(Math.floor(READ_FLOATS / slot), slots - (layer % slots)))
  }

  /** Reads the layers first ... last at once, so that they can be asked for one by one. */
  read(first: number, last: number): void {
    this.page = { first, last, values: this.readSlots(first, last) }
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

  private async slot(layer: number): Promise<Float32Array> {
    if (!this.page || layer < this.page.first || layer > this.page.last) this.read(layer, layer)
    const { first, values } = this.page!
    const start = (layer - first) * this.workspace.layout.slot
    return (await values).subarray(start, start + this.workspace.layout.slot)
  }

  private async readSlots(first: number, last: number): Promise<Float32Array> {
    const { layout, arena } = this.workspace
    const count = (last - first + 1) * layout.slot
    const copy = this.gpu.allocate(count)
    copyFloats(this.gpu, { from: arena, at: slotAt(layout, first) }, { into: copy, at: 0 }, count)
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
