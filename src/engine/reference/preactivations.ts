/** Statistics of Z, [m, n], that do not depend on its scale (contract section 3). */

/** sqrt(mean over units of the variance over samples) / rms; NaN where Z is zero. */
export function spreadRatio(z: Float64Array, n: number): number {
  const m = z.length / n
  let [variance, meanSquare] = [0, 0]
  for (let j = 0; j < n; j++) {
    let mean = 0
    for (let a = 0; a < m; a++) mean += z[a * n + j]! / m
    for (let a = 0; a < m; a++) {
      variance += (z[a * n + j]! - mean) ** 2 / z.length
      meanSquare += z[a * n + j]! ** 2 / z.length
    }
  }
  return meanSquare === 0 ? NaN : Math.sqrt(variance / meanSquare)
}

/** Mean over units of min(P, N) / (P + N); units that are zero for every sample are left out, NaN if all are. */
export function signDiversity(z: Float64Array, n: number): number {
  const m = z.length / n
  let [sum, units] = [0, 0]
  for (let j = 0; j < n; j++) {
    let [positive, negative] = [0, 0]
    for (let a = 0; a < m; a++) {
      if (z[a * n + j]! > 0) positive++
      else if (z[a * n + j]! < 0) negative++
    }
    if (positive + negative === 0) continue
    sum += Math.min(positive, negative) / (positive + negative)
    units++
  }
  return units === 0 ? NaN : sum / units
}
