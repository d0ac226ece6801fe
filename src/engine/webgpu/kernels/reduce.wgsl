// Sums over the 256 invocations of a workgroup, in a fixed order: repeated runs agree to the bit.

var<workgroup> lanes : array<vec2<f32>, 256>;
var<workgroup> lane_sums : array<vec2<f32>, 16>;

// The sum over all invocations, known to each. Two barriers.
fn sum_all(value : vec2<f32>) -> vec2<f32> {
  lanes[localIndex] = value;
  workgroupBarrier();
  if (localIndex < 16u) {
    var sum = lanes[localIndex];
    for (var i = 1u; i < 16u; i++) { sum += lanes[localIndex + 16u * i]; }
    lane_sums[localIndex] = sum;
  }
  workgroupBarrier();
  var total = lane_sums[0];
  for (var i = 1u; i < 16u; i++) { total += lane_sums[i]; }
  return total;
}

// The largest over all invocations, known to each. Two barriers.
fn max_all(value : vec2<f32>) -> vec2<f32> {
  lanes[localIndex] = value;
  workgroupBarrier();
  if (localIndex < 16u) {
    var most = lanes[localIndex];
    for (var i = 1u; i < 16u; i++) { most = max(most, lanes[localIndex + 16u * i]); }
    lane_sums[localIndex] = most;
  }
  workgroupBarrier();
  var most = lane_sums[0];
  for (var i = 1u; i < 16u; i++) { most = max(most, lane_sums[i]); }
  return most;
}
