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
  // By the largest entry: squares of small entries would underflow.
  const largest = largestOf(array.values)
  if (largest === 0) return { values: array.values, exponent: ZERO_EXPONENT }
  const shift = exponentOf(largest)
  if (Math.abs(shift) <= COMFORT_EXPONENT) return array
  const [first, second] = halves(-shift)
  const values = array.values.map((v) => v * first * second)
  return { values, exponent: array.exponent + shift }
}

/** The largest absolute value; 0 of none. NaN counts for nothing. */
export function largestOf(values: Float64Array): number {
  let largest = 0
  for (const v of values) if (Math.abs(v) > largest) largest = Math.abs(v)
  return largest
}

/** The whole part of log2 |v|; ZERO_EXPONENT for 0. */
export function exponentOf(v: number): number {
  return v === 0 ? ZERO_EXPONENT : Math.floor(Math.log2(Math.abs(v)))
}

/** v * 2^exponent where 2^exponent alone may be out of range: in two steps; 0 stays 0 at any scale. */
export function timesPowerOfTwo(v: number, exponent: number): number {
  if (v === 0) return 0
  const [first, second] = halves(exponent)
  return v * first * second
}

/** Two factors that make 2^exponent, each in range. */
function halves(exponent: number): readonly [number, number] {
  const half = Math.trunc(exponent / 2)
  return [2 ** half, 2 ** (exponent - half)]
}

/** factor * x for a factor of any size: its power of two goes to the exponent. */
export function times(factor: number, x: Scaled): Scaled {
  if (factor === 0) return { values: x.values.map(() => 0), exponent: ZERO_EXPONENT }
  const shift = exponentOf(factor)
  const mantissa = timesPowerOfTwo(factor, -shift)
  return { values: x.values.map((v) => v * mantissa), exponent: x.exponent + shift }
}

/** Coefficients and exponent of alpha x + beta y, on the larger of the two scales. */
export function combination(
  alpha: number,
  xExponent: number,
  beta: number,
  yExponent: number,
): { readonly p: number; readonly q: number; readonly exponent: number } {
  const [a, b] = [exponentOf(alpha), exponentOf(beta)]
  const exponent = Math.max(xExponent + a, yExponent + b)
  const p = alpha === 0 ? 0 : timesPowerOfTwo(alpha, -a) * 2 ** (xExponent + a - exponent)
  const q = beta === 0 ? 0 : timesPowerOfTwo(beta, -b) * 2 ** (yExponent + b - exponent)
  return { p, q, exponent }
}

/** alpha * x + beta * y, on the larger of the two scales. */
export function combine(alpha: number, x: Scaled, beta: number, y: Scaled): Scaled {
  const { p, q, exponent } = combination(alpha, x.exponent, beta, y.exponent)
  const values = new Float64Array(x.values.length)
  for (let i = 0; i < values.length; i++) values[i] = p * x.values[i]! + q * y.values[i]!
  return { values, exponent }
}
