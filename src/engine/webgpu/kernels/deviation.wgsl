// 1 / (standard deviation or rms), the one place that says when a group has collapsed.

// A centred group whose norm is under 1e-6 of its norm before counts as zero (contract section 5).
const COLLAPSED : f32 = 1.0e-12;

fn inverse_deviation(before : f32, after : f32, size : f32) -> f32 {
  if (after <= COLLAPSED * before) { return 0.0; }
  return sqrt(size / after);
}
