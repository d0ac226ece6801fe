// When a group of a normalization counts as zero, forward and backward: the one place that says so.

// A group whose squared norm is under this times what it was before a projection is zero: what enters, after
// centring (contract section 5), and what goes back, without what the normalization cannot see.
const COLLAPSED : f32 = 1.0e-12;

// 1 / (standard deviation or rms) from the sums of squares before and after centring.
fn inverse_deviation(before : f32, after : f32, size : f32) -> f32 {
  if (after <= COLLAPSED * before) { return 0.0; }
  return sqrt(size / after);
}

// 1, or 0 where nothing but rounding is left. A centred group of two has Z = +-1 whatever H is.
fn passing_share(before : f32, after : f32, size : f32, is_centred : bool) -> f32 {
  return select(1.0, 0.0, after <= COLLAPSED * before || (is_centred && size == 2.0));
}
