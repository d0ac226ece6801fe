import { type Kernel, kernelKey } from '../../../../src/engine/webgpu/kernel.ts'
import { allKernels } from '../../../../src/engine/webgpu/kernels.ts'
import { noParameters, type Parameters } from '../../../../src/engine/webgpu/parameters.ts'
import { type Check, demand } from '../bench.ts'

/** One sample of width 4, one layer of every phase, all matrices in one place: harmless for every kernel. */
const tiny: Parameters = {
  ...noParameters,
  shape: [1, 4, 4, 2],
  slot: [0, 64, 32, 40],
  mixing: [0, 1, 1, 0],
  storage: [1, 1, 0, 0],
  span: [0, 1, 255, 4],
  draw: [1, 1, 1, 1],
  measure: [128, 256, 1, 0],
}

/** Compiles a kernel and dispatches it alone: what is invalid shows in the error scope, what is wild in its output. */
const isValid =
  (kernel: Kernel): Check =>
  async ({ gpu }) => {
    const output = kernel.output ? gpu.allocateWords(6) : gpu.allocate(1)
    const inputs = kernel.inputs.map(() => gpu.allocate(1))
    gpu.run({ kernel, output, inputs, parameters: tiny, grid: [1, kernel.isFlat ? 1 : 2, 1] })
    const values = await gpu.read(output)
    demand(values.every(Number.isFinite), 'zeros must give finite numbers')
    for (const tensor of [output, ...inputs]) gpu.free(tensor)
  }

export const kernelChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  allKernels.map((kernel) => [
    `the kernel ${kernelKey(kernel)} runs alone and is valid`,
    isValid(kernel),
  ]),
)
