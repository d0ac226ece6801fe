/** Polynomials by divided differences: P(x) = sum_m c_m (x - t_0) ... (x - t_{m - 1}). */

/** The coefficients c of the polynomial through (nodes[i], values[i]); the nodes differ. */
export function dividedDifferences(
  nodes: ArrayLike<number>,
  values: ArrayLike<number>,
): Float64Array {
  const c = Float64Array.from(values)
  for (let m = 1; m < c.length; m++)
    for (let i = c.length - 1; i >= m; i--) c[i] = (c[i]! - c[i - 1]!) / (nodes[i]! - nodes[i - m]!)
  return c
}

/** P(x), by Horner's rule. */
export function newtonValue(c: Float64Array, nodes: ArrayLike<number>, x: number): number {
  let value = 0
  for (let m = c.length - 1; m >= 0; m--) value = c[m]! + (x - nodes[m]!) * value
  return value
}

/**
 * As few of the coefficients as give P between the first two nodes, 0 and 1, to within `tolerance`.
 * Of the rest, each is multiplied by no more than the distances from there to the nodes.
 */
export function leadingTerms(
  c: Float64Array,
  nodes: ArrayLike<number>,
  tolerance: number,
): Float64Array {
  const reach = new Float64Array(c.length).fill(1)
  for (let m = 1; m < c.length; m++)
    reach[m] = reach[m - 1]! * Math.max(Math.abs(nodes[m - 1]!), Math.abs(1 - nodes[m - 1]!))
  let [count, left] = [c.length, 0]
  while (count > 1 && left + Math.abs(c[count - 1]!) * reach[count - 1]! <= tolerance)
    left += Math.abs(c[--count]!) * reach[count]!
  return c.subarray(0, count)
}

/** sum over x = 0, 1 / count, ..., 1 - 1 / count of (x - t_0) ... (x - t_{m - 1}), for m = 0 ... nodes.length. */
export function productSums(nodes: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(nodes.length + 1)
  for (let j = 0; j < count; j++) {
    let product = 1
    for (let m = 0; m < nodes.length; m++) {
      sums[m]! += product
      product *= j / count - nodes[m]!
    }
    sums[nodes.length]! += product
  }
  return sums
}

/** What the values at the nodes are multiplied by to give, summed, that of the polynomial through them at x. */
export function interpolationWeights(nodes: ArrayLike<number>, x: number): Float64Array {
  const weights = new Float64Array(nodes.length).fill(1)
  for (let i = 0; i < nodes.length; i++)
    for (let j = 0; j < nodes.length; j++)
      if (j !== i) weights[i]! *= (x - nodes[j]!) / (nodes[i]! - nodes[j]!)
  return weights
}
