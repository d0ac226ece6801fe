/** a * b + c in one rounding where the build has relaxed SIMD, in two elsewhere. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(f32x4.mul(a, b), c)
}

/** Horner step with a constant: p * x + c. */
// @ts-ignore: decorator
@inline
export function horner(p: v128, x: v128, c: f32): v128 {
  return madd(p, x, f32x4.splat(c))
}
