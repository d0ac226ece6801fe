/**
 * TABLE: the uniforms that every kernel gets, four numbers each. The struct text and the data that tfjs
 * uploads both come from here; what the numbers mean is said in kernels/layout.wgsl and layout.ts.
 */
const fields = {
  /** samples, width, lead, slots of the ring */
  shape: 'u32',
  /** ring, floats of a slot, X in a slot, Z in a slot */
  slot: 'u32',
  /** activated operand in a slot, column statistics in a slot, gradient, skipped gradient */
  offsets: 'u32',
  /** side exponents, product, filtered product, biases */
  buffers: 'u32',
  /** activation, axis, is centred, order (0 = linear_norm_act) */
  kind: 'u32',
  /** filter, branch, has bias, traits of the activation */
  mixing: 'u32',
  /** weight slots, filter slots, filters, is tied */
  storage: 'u32',
  /** alpha, beta, a, b: mantissas */
  coefficient: 'f32',
  /** exponents of alpha, beta, biases, weights */
  exponent: 'i32',
  /** scale of a drawn weight, of a drawn bias, negative slope of leaky_relu, 0 */
  scalars: 'f32',
  /** from, to, phases, columns side by side (or invocations a row) */
  span: 'u32',
  /** seed, first layer or block, law, order of an orthogonal matrix */
  draw: 'u32',
  /** scratch, partials, first layer, first row of the report; copy: source, target, count */
  measure: 'u32',
} as const satisfies Record<string, 'u32' | 'i32' | 'f32'>

type Field = keyof typeof fields
export type Four = readonly [number, number, number, number]
export type Parameters = Readonly<Record<Field, Four>>

const names = Object.keys(fields) as readonly Field[]
const uploadTypes = { u32: 'uint32', i32: 'int32', f32: 'float32' } as const

export const noParameters: Parameters = Object.fromEntries(
  names.map((name) => [name, [0, 0, 0, 0]]),
) as unknown as Parameters

/** Members of the uniform struct, in WGSL. */
export const parametersWgsl: string = names
  .map((name) => `${name} : vec4<${fields[name]}>, `)
  .join('')

/** The same members as tfjs wants them. */
export function uploadable(parameters: Parameters): { type: string; data: number[] }[] {
  return names.map((name) => ({ type: uploadTypes[fields[name]], data: [...parameters[name]] }))
}
