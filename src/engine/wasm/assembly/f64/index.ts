// Float64 SIMD twin of src/math/gradedProduct.ts, gradedQr.ts and gradedSvd.ts: the same steps on the
// same storage (columns one after another), every column or row padded with zeros to `ld` entries,
// a multiple of 4, so that no loop has a tail. Pointers are bytes; scratch comes from the caller.

export { absorb, rowNorms } from './gradedProduct'
export { gradedQr, scratchBytes } from './gradedQr'
export { gradedSvd } from './gradedSvd'
export { multiply, multiplyTransposed } from './products'

/** First byte that the caller may use. */
export function heapBase(): usize {
  return __heap_base
}
