import { activationCode } from '../../../../src/engine/webgpu/activations.ts'
import type { Gpu } from '../../../../src/engine/webgpu/gpu.ts'
import { ACTIVATIONS, type Kernel } from '../../../../src/engine/webgpu/kernel.ts'
import { noParameters } from '../../../../src/engine/webgpu/parameters.ts'
import { type ActivationId, activationIds, activations } from '../../../../src/model/activations.ts'
import { F32 } from '../../../tolerances.ts'
import { type Check, demandClose } from '../bench.ts'

/** Evaluates phi and phi' at each entry of `source`. */
const probe: Kernel = {
  file: 'probe',
  parts: ['scale', 'elementary', ACTIVATIONS],
  inputs: [{ name: 'source', components: 1 }],
  invocations: 256,
  isFlat: true,
}

/** Kernels of the tests, beside the engine's. */
export const probeShader = {
  probe: `
fn probe() {
  let i = workgroupId.x * 256u + localIndex;
  if (i >= uniforms.measure.z) { return; }
  result[2u * i] = activation(source[i]);
  result[2u * i + 1u] = activation_slope(source[i]);
}`,
}

const SLOPE = 0.01
const POINTS = 3000
/** Below this, float32 itself thins out. */
const SMALLEST = 1e-35
/** silu, mish and gelu turn round between -0.7 and -1.3: beside its root a slope has no digits to compare. */
const TURN = { from: -2, to: -0.5, floor: 0.1 }

/** 1e-6 ... 1e2 on both sides of zero, evenly in the exponent. */
const points = Float32Array.from({ length: 2 * POINTS }, (_, i) => {
  const size = 10 ** (-6 + (8 * (i >> 1)) / (POINTS - 1))
  return i % 2 === 0 ? size : -size
})

async function probed(gpu: Gpu, id: ActivationId): Promise<Float32Array> {
  const [source, output] = [gpu.upload(points), gpu.allocate(2 * points.length)]
  gpu.run({
    kernel: probe,
    output,
    inputs: [source],
    parameters: {
      ...noParameters,
      kind: [activationCode(id), 0, 0, 0],
      scalars: [0, 0, SLOPE, 0],
      measure: [0, 0, points.length, 0],
    },
    grid: [Math.ceil(points.length / probe.invocations), 1, 1],
  })
  const values = await gpu.read(output)
  gpu.free(source)
  gpu.free(output)
  return values
}

const check =
  (id: ActivationId): Check =>
  async ({ gpu }) => {
    const { phi, dphi } = activations[id]
    const found = await probed(gpu, id)
    points.forEach((z, i) => {
      demandRelative(found[2 * i]!, phi(z, SLOPE), 0, `${id}(${z})`)
      const floor = z > TURN.from && z < TURN.to ? TURN.floor : 0
      demandRelative(found[2 * i + 1]!, dphi(z, SLOPE), floor, `${id}'(${z})`)
    })
  }

function demandRelative(found: number, expected: number, floor: number, what: string): void {
  if (Math.abs(expected) < SMALLEST) return
  demandClose(found, expected, { tolerance: F32, floor, what })
}

export const activationChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  activationIds.map((id) => [`${id} and its slope equal the CPU's over 1e-6 ... 1e2`, check(id)]),
)
