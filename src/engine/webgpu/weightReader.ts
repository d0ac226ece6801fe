import type { Network } from '../../model/network.ts'
import type { LayerWeights } from '../backend.ts'
import { planLayer } from '../draw.ts'
import { coefficient } from './coefficient.ts'
import { copyFloats, type Gpu } from './gpu.ts'
import type { WeightStore } from './weightStore.ts'
import type { Workspace } from './workspace.ts'

/** What one read-back of weights may bring. */
const READ_FLOATS = 2 ** 20

/** Consecutive layers' weights on the CPU: W of each, biases, filters of the blocks that end among them. */
interface Page {
  readonly first: number
  readonly last: number
  readonly firstBlock: number
  readonly values: Float32Array
}

/** Hands out weights as the device drew them, a page of layers a read-back. */
export class WeightReader {
  private readonly gpu: Gpu
  private readonly network: Network
  private readonly workspace: Workspace
  private readonly store: WeightStore
  private page: Page | undefined

  constructor(gpu: Gpu, network: Network, workspace: Workspace, store: WeightStore) {
    this.gpu = gpu
    this.network = network
    this.workspace = workspace
    this.store = store
  }

  async weights(layer: number): Promise<LayerWeights> {
    const { weightLayer, filterLayer } = planLayer(this.network, layer)
    if (!this.page || weightLayer < this.page.first || weightLayer > this.page.last)
      this.page = await this.readPage(weightLayer)
    const { first, last, firstBlock, values } = this.page
    const { sw, sb } = this.network.config
    const { lead } = this.workspace.layout
    const square = lead * lead
    const [place, count] = [weightLayer - first, last - first + 1]
    const biases = count * square
    const filters = biases + count * lead
    const s =
      filterLayer === undefined
        ? undefined
        : this.compact(values, filters + (filterLayer - firstBlock) * square, 0)
    return {
      w: this.compact(values, place * square, coefficient(sw).exponent),
      b: scaledBy(
        values.slice(biases + place * lead, biases + place * lead + this.network.width),
        sb,
      ),
      s,
    }
  }

  /** [lead, lead] to [n, n], times 2^exponent. */
  private compact(values: Float32Array, at: number, exponent: number): Float32Array {
    const { lead, width: n } = this.workspace.layout
    const factor = 2 ** exponent
    const out = new Float32Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) out[i * n + j] = values[at + i * lead + j]! * factor
    return out
  }

  private async readPage(layer: number): Promise<Page> {
    const { layout, places, weights } = this.workspace
    const { depth, config } = this.network
    const { lead } = layout
    const square = lead * lead
    const slot = (layer: number) => (config.tied === 1 ? 0 : layer % places.weightSlots)
    const fitting = Math.max(1, Math.floor(READ_FLOATS / square))
    const unbroken = places.weightSlots - slot(layer)
    // Whole blocks are drawn: those that a page ends in must not take the slots of its first layers.
    const resident = this.store.lastFrom(layer - 1) - layer + 1
    const count = config.tied === 1 ? 1 : Math.min(fitting, unbroken, resident, depth - layer + 1)
    this.store.provide({ from: layer - 1, to: layer + count - 1 })
    const blocks = this.blocksAmong(layer, layer + count - 1)
    const block = config.tied === 1 ? 0 : blocks.first % Math.max(1, places.filterSlots)
    const parts = [
      { at: slot(layer) * square, floats: count * square },
      { at: places.biases + slot(layer) * lead, floats: count * lead },
      { at: places.filters + block * square, floats: blocks.count * square },
    ]
    const copy = this.gpu.allocate(parts.reduce((sum, part) => sum + part.floats, 0))
    let end = 0
    for (const { at, floats } of parts) {
      copyFloats(this.gpu, { from: weights, at }, { into: copy, at: end }, floats)
      end += floats
    }
    const values = await this.gpu.read(copy)
    this.gpu.free(copy)
    return { first: layer, last: layer + count - 1, firstBlock: blocks.first, values }
  }

  private blocksAmong(first: number, last: number) {
    const { mix, branch, tied } = this.network.config
    if (mix !== 'orthogonal') return { first: 1, count: 0 }
    if (tied === 1) return { first: 1, count: 1 }
    const block = Math.ceil(first / branch)
    return { first: block, count: Math.max(0, Math.floor(last / branch) - block + 1) }
  }
}

function scaledBy(bias: Float32Array, sb: number): Float32Array {
  const factor = sb > 0 ? 2 ** coefficient(sb).exponent : 0
  return bias.map((v) => v * factor)
}
