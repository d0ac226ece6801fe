import fc from 'fast-check'
import { conflicts, type NetworkConfig, networkFields } from '../../src/model/config.ts'
import type { Field } from '../../src/model/field.ts'

type Shape = Pick<Field<unknown>, 'initial'> & {
  readonly options?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly whole?: boolean
}

/** Any legal value of a network field. */
function valueOf(field: Shape): fc.Arbitrary<unknown> {
  if (field.options) return fc.constantFrom(...field.options)
  const { min, max } = field
  if (min === undefined || max === undefined) return fc.constantFrom(0, 1)
  if (field.whole === true) return fc.integer({ min, max })
  return fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value))
}

/** Any network that a link may describe. */
export const anyNetwork = fc
  .record(Object.fromEntries(Object.entries(networkFields).map(([k, f]) => [k, valueOf(f)])))
  .map((record) => record as unknown as NetworkConfig)
  .filter((network) => conflicts(network).length === 0)
