/** Numbers beyond the range of floats: value = 2^exponent * values[i], with a whole exponent. */
export interface Scaled<A extends Float64Array | Float32Array = Float64Array> {
  readonly values: A
  readonly exponent: number
}

/** Exponent of an array whose entries are all zero: below any that a network can reach. */
export const ZERO_EXPONENT = -(2 ** 40)

/** Mean squares outside 2^+-32 are brought back to order one. */
const COMFORT_EXPONENT = 16

export const LOG10_2 = Math.log10(2)

export function sumOfSquares(values: Float64Array | Float32Array): number {
  let sum = 0
  for (const v of values) sum += v * v
  return sum
}

/** log10 of the root mean square; -Infinity for an array of zeros. */
export function log10Rms({ values, exponent }: Scaled<Float64Array | Float32Array>): number {
  const meanSquare = sumOfSquares(values) / values.length
  return meanSquare === 0 ? -Infinity : exponent * LOG10_2 + 0.5 * Math.log10(meanSquare)
}

/** log10 of the Euclidean norm; -Infinity for an array of zeros. */
export function log10Norm(array: Scaled): number {
  return log10Rms(array) + 0.5 * Math.log10(array.values.length)
}

/** Moves a power of two (no rounding) from values to exponent when they have left the comfortable range. */
export function rescaled(array: Scaled): Scaled {
  const rms = Math.sqrt(sumOfSquares(array.values) / array.values.length)
  if (rms === 0) return { values: array.values, exponent: ZERO_EXPONENT }
  const shift = Math.floor(Math.log2(rms))
  if (Math.abs(shift) <= COMFORT_EXPONENT) return array
  const factor = 2 ** -shift
  return { values: array.values.map((v) => v * factor), exponent: array.exponent + shift }
}

/** alpha * x + beta * y, on the larger of the two scales. */
export function combine(alpha: number, x: Scaled, beta: number, y: Scaled): Scaled {
  const exponent = Math.max(x.exponent, y.exponent)
  const [p, q] = [alpha * 2 ** (x.exponent - exponent), beta * 2 ** (y.exponent - exponent)]
  return { values: x.values.map((v, i) => p * v + q * y.values[i]!), exponent }
}
