import { activationIds } from '../../model/activations.ts'
import { EngineError } from '../errors.ts'
import { readBytes } from '../readBytes.ts'

/** What assembly/f32/index.ts exports. Pointers are byte offsets into `memory`, strides count entries. */
export interface LayerKernels {
  readonly memory: WebAssembly.Memory
  readonly ACTIVATION_COUNT: WebAssembly.Global
  heapBase(): number
  fillNormals(out: number, count: number, ...stream: Draw): void
  fillUniforms(out: number, count: number, ...stream: Draw): void
  fillWords(out: number, count: number, seed: number, role: number, layer: number): void
  haar(q: number, n: number, scratch: number, ...stream: Draw): void
  haarScratchBytes(n: number): number
  mirror(block: number, out: number, half: number): void
  /** a, aRow, aStep, b, bStep, c, cRow, m, n, k, accumulate */
  gemm(...numbers: readonly number[]): void
  /** The same with B^T in the place of B: a, aRow, aStep, b, bRow, c, cRow, m, n, k, accumulate */
  gemmTransposed(...numbers: readonly number[]): void
  sumOfSquares(x: number, count: number): number
  combine(p: number, x: number, q: number, y: number, out: number, count: number): void
  scale(x: number, factor: number, count: number): void
  addBias(h: number, b: number, m: number, n: number, p: number, q: number): void
  gram(x: number, m: number, n: number, scratch: number, out: number): void
  gramScratchBytes(m: number, n: number): number
  gramSums(gram: number, m: number, norms: number, out: number): void
  cholesky(gram: number, m: number, scratch: number, out: number): void
  preactivationSums(z: number, m: number, n: number, out: number): void
  /** h, z, groups, groupStep, size, stride, centred, mean, inverse */
  normalize(...numbers: readonly number[]): void
  /** dz, z, dh, groups, groupStep, size, stride, centred, inverse */
  normalizeBackward(...numbers: readonly number[]): void
  /** z, y, count, kind, slope, factor, scale, shift */
  activate(...numbers: readonly number[]): void
  /** dy, z, dz, count, kind, slope, factor, scale */
  activateBackward(...numbers: readonly number[]): void
}

/** seed, role, layer, scale */
type Draw = [seed: number, role: number, layer: number, scale: number]

type ModuleName = 'layers-relaxed' | 'layers-simd' | 'graded'

/** The literal addresses are what makes the bundler carry the files along. */
const addresses: Readonly<Record<ModuleName, () => URL>> = {
  'layers-relaxed': () => new URL('./build/layers-relaxed.wasm', import.meta.url),
  'layers-simd': () => new URL('./build/layers-simd.wasm', import.meta.url),
  graded: () => new URL('./build/graded.wasm', import.meta.url),
}

const imports = {
  env: {
    abort: () => {
      throw new Error('kernels: the WebAssembly module aborted')
    },
  },
}

/** Compiles a module; throws where this machine lacks a feature it needs. */
export async function instantiateModule(name: ModuleName): Promise<WebAssembly.Exports> {
  if (typeof WebAssembly === 'undefined')
    throw new EngineError('no-webassembly', 'this browser has no WebAssembly')
  const { instance } = await WebAssembly.instantiate(await readBytes(addresses[name]()), imports)
  return instance.exports
}

/** The layer kernels, with fused multiply-add where the machine has relaxed SIMD. */
export async function loadLayerKernels(): Promise<LayerKernels> {
  const exports = await instantiateModule('layers-relaxed').catch(() =>
    instantiateModule('layers-simd').catch((error: unknown) => {
      throw new EngineError('no-webassembly', `no WebAssembly SIMD here: ${String(error)}`)
    }),
  )
  const kernels = exports as unknown as LayerKernels
  if (kernels.ACTIVATION_COUNT.value !== activationIds.length)
    throw new Error(
      `loadLayerKernels: the kernels must know ${activationIds.length} activations, got ${String(kernels.ACTIVATION_COUNT.value)}`,
    )
  return kernels
}
