// Numbers beyond the range of f32: value = 2^exponent * mantissa, exponents as whole f32 in buffers.

// Exponent of what is exactly zero: below any that a network can reach.
const ZERO_EXPONENT : i32 = -8388608;

// 2^exponent; 0 below the normal numbers.
fn power_of_two(exponent : i32) -> f32 {
  if (exponent < -126) { return 0.0; }
  return bitcast<f32>(u32(min(exponent, 127) + 127) << 23u);
}

// floor(log2(value)) of a normal number.
fn exponent_of(value : f32) -> i32 {
  return i32((bitcast<u32>(value) >> 23u) & 255u) - 127;
}

// Whole exponent of the root of a mean square; ZERO_EXPONENT for 0.
fn root_exponent(mean_square : f32) -> i32 {
  if (mean_square < 1.2e-38) { return ZERO_EXPONENT; }
  return exponent_of(mean_square) >> 1u;
}
