export { activate, activateBackward, ACTIVATION_COUNT } from './activations'
export {
  addBias,
  combine,
  preactivationSums,
  scale,
  sumOfSquares,
} from './elementwise'
export { cholesky, gram, gramScratchBytes, gramSums } from './gram'
export { gemm, gemmTransposed } from './gemm'
export { haar, haarScratchBytes, mirror } from './haar'
export { normalize, normalizeBackward } from './normalize'
export { fillNormals, fillUniforms, fillWords } from './random'

/** First byte that the caller may use. */
export function heapBase(): usize {
  return __heap_base
}
