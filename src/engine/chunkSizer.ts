/** Time a chunk of layers should take: short against a frame, long against a message. */
const TARGET_MS = 6

/** How many layers to run before looking up again, learnt from how long the last ones took. */
export class ChunkSizer {
  size: number
  private readonly fewest: number

  /** @param fewest  layers that are never too many: where a call has a latency, smaller chunks are no faster */
  constructor(fewest = 1) {
    this.size = fewest
    this.fewest = fewest
  }

  took(ms: number, layers: number): void {
    if (ms > TARGET_MS) this.size = Math.max(this.fewest, Math.floor((layers * TARGET_MS) / ms))
    else if (layers === this.size) this.size *= 2
  }
}
