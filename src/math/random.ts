// Counter-based random numbers: every number is a function of its address, so a layer can be drawn
// again at any time, in any order, on any engine. This file is the definition the engines' twins follow.

/**
 * Address of one stream of words. All three are unsigned 32-bit integers.
 * The key of the generator is (seed, role); pair `i` of the stream has the counter (i, layer).
 */
export type Stream = {
  /** Chosen by the user: one seed is one network. */
  readonly seed: number
  /** What is being drawn (weights, biases, inputs...). */
  readonly role: number
  /** The layer that is being drawn; 0 = input. */
  readonly layer: number
}

const KEY_PARITY = 0x1bd11bda
const TWO_TO_MINUS_23 = 2 ** -23

/**
 * Writes the two words of one block to out[0], out[1], without allocating; words as signed 32-bit.
 * All additions are modulo 2^32. With key k0, k1, k2 = k0 xor k1 xor 0x1bd11bda:
 *
 *   x0 += k0, x1 += k1, then twenty rounds
 *   x0 += x1;  x1 = rotateLeft(x1, r) xor x0
 *
 * r cycling through 13 15 26 6 | 17 29 16 24; after round 4 j (j = 1..5)
 *   x0 += k[j mod 3];  x1 += k[(j + 1) mod 3] + j
 */
function mixBlock(out: Int32Array, key: Readonly<Int32Array>, counter0: number, counter1: number) {
  const k0 = key[0]!
  const k1 = key[1]!
  const k2 = k0 ^ k1 ^ KEY_PARITY
  let x0 = (counter0 + k0) | 0
  let x1 = (counter1 + k1) | 0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = (((x1 << 6) | (x1 >>> 26)) ^ x0) + k2 + 1
  x0 = (x0 + k1 + x1) | 0
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = (((x1 << 24) | (x1 >>> 8)) ^ x0) + k0 + 2
  x0 = (x0 + k2 + x1) | 0
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = (((x1 << 6) | (x1 >>> 26)) ^ x0) + k1 + 3
  x0 = (x0 + k0 + x1) | 0
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = (((x1 << 24) | (x1 >>> 8)) ^ x0) + k2 + 4
  x0 = (x0 + k1 + x1) | 0
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
  out[0] = x0 + k2
  out[1] = x1 + k0 + 5
}

/**
 * Threefry-2x32 with 20 rounds: two random words for a key and a counter.
 *
 * @param key0 @param key1 @param counter0 @param counter1  taken modulo 2^32
 * @returns two unsigned 32-bit words
 * Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"; the words equal JAX's.
 */
export function threefry2x32(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
): [number, number] {
  const block = new Int32Array(2)
  mixBlock(block, Int32Array.of(key0, key1), counter0 | 0, counter1 | 0)
  return [block[0]! >>> 0, block[1]! >>> 0]
}

/** Calls `visit(word0, word1, i)` with the unsigned words of the pairs i = 0 ... pairs - 1. */
function visitPairs(
  stream: Stream,
  pairs: number,
  visit: (word0: number, word1: number, pair: number) => void,
) {
  const key = Int32Array.of(stream.seed, stream.role)
  const layer = stream.layer | 0
  const block = new Int32Array(2)
  for (let i = 0; i < pairs; i++) {
    mixBlock(block, key, i, layer)
    visit(block[0]! >>> 0, block[1]! >>> 0, i)
  }
}

/** The first `count` words of a stream: word0 of pair 0, word1 of pair 0, word0 of pair 1, ... */
export function words(stream: Stream, count: number): Uint32Array {
  const out = new Uint32Array(count)
  visitPairs(stream, (count + 1) >> 1, (word0, word1, i) => {
    out[2 * i] = word0
    out[2 * i + 1] = word1
  })
  return out
}

/**
 * Fills `out` with independent normals of standard deviation `scale` (Box-Muller, no rejection).
 * Pair i of the stream gives the words (w0, w1), from which
 *
 *   u = ((w0 >>> 9) + 0.5) / 2^23,   v = ((w1 >>> 9) + 0.5) / 2^23
 *   r = sqrt(-2 ln u)
 *   out[2 i] = scale r cos(2 pi v),   out[2 i + 1] = scale r sin(2 pi v)
 *
 * u and v are exact in float32, so engines differ by the rounding of ln, sqrt, cos, sin alone.
 * An odd length drops the last sine. |out| <= scale sqrt(48 ln 2) = 5.768 scale.
 */
export function fillNormals(out: Float64Array | Float32Array, stream: Stream, scale = 1): void {
  // A write past the end of a typed array is dropped: that is the last sine of an odd length.
  visitPairs(stream, (out.length + 1) >> 1, (word0, word1, i) => {
    const u = ((word0 >>> 9) + 0.5) * TWO_TO_MINUS_23
    const v = ((word1 >>> 9) + 0.5) * TWO_TO_MINUS_23
    const radius = scale * Math.sqrt(-2 * Math.log(u))
    const angle = 2 * Math.PI * v
    out[2 * i] = radius * Math.cos(angle)
    out[2 * i + 1] = radius * Math.sin(angle)
  })
}

/**
 * Fills `out` with independent uniforms on (-scale, scale), symmetric and never zero.
 * Pair i of the stream gives the words (w0, w1), from which
 *
 *   out[2 i] = scale (((w0 >>> 9) 2 + 1) / 2^23 - 1),   out[2 i + 1] likewise from w1
 *
 * The factor of `scale` is exact in float32. An odd length drops the last word.
 */
export function fillUniforms(out: Float64Array | Float32Array, stream: Stream, scale = 1): void {
  visitPairs(stream, (out.length + 1) >> 1, (word0, word1, i) => {
    out[2 * i] = scale * (((word0 >>> 9) * 2 + 1) * TWO_TO_MINUS_23 - 1)
    out[2 * i + 1] = scale * (((word1 >>> 9) * 2 + 1) * TWO_TO_MINUS_23 - 1)
  })
}
