/** Time a chunk of layers should take: short against a frame, long against a message. */
const TARGET_MS = 6

/** How many layers to run before looking up again, learnt from how long the last ones took. */
export class ChunkSizer {
  size = 1

  took(ms: number, layers: number): void {
    if (ms > TARGET_MS) this.size = Math.max(1, Math.floor((layers * TARGET_MS) / ms))
    else if (layers === this.size) this.size *= 2
  }
}
