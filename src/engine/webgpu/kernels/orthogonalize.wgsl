// ln det G of G = X X^T, from R of the QR decomposition of the rows of X (modified Gram-Schmidt). Squaring X
// into G first would lose half the digits of f32; R keeps what X itself has. One workgroup a layer, 16
// invocations a row. Bindings: result = arena.

var<private> base : u32;

fn own_lane() -> u32 { return localIndex % 16u; }
fn own_row(first : u32) -> u32 { return first + localIndex / 16u; }
fn row_at(row : u32) -> u32 { return base + row * lead(); }

// The sum over the 16 invocations of a row.
fn sum_of_row(value : f32) -> f32 {
  lanes[localIndex] = vec2<f32>(value, 0.0);
  workgroupBarrier();
  let first = localIndex - own_lane();
  var sum = 0.0;
  for (var i = 0u; i < 16u; i++) { sum += lanes[first + i].x; }
  workgroupBarrier();
  return sum;
}

fn row_exponent(layer : u32, row : u32) -> i32 {
  return i32(result[row_meta_of(layer, row) + X_EXPONENT]);
}

fn common_exponent(layer : u32) -> i32 {
  var most = ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) { most = max(most, row_exponent(layer, row)); }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

// Copies the rows to the scratch, on one scale.
fn copy_rows(layer : u32, top : i32) {
  for (var i = localIndex; i < samples() * lead(); i += 256u) {
    result[base + i] = result[x_of(layer) + i] * power_of_two(row_exponent(layer, i / lead()) - top);
  }
  storageBarrier();
  workgroupBarrier();
}

// Squared norm of what is left of a row; the row becomes a unit vector.
fn take_pivot(row : u32) -> f32 {
  var squares = 0.0;
  for (var k = localIndex; k < width(); k += 256u) { squares += result[row_at(row) + k] * result[row_at(row) + k]; }
  let pivot = sum_all(vec2<f32>(squares, 0.0)).x;
  let inverse = select(0.0, 1.0 / sqrt(pivot), pivot > 0.0);
  for (var k = localIndex; k < width(); k += 256u) { result[row_at(row) + k] *= inverse; }
  storageBarrier();
  workgroupBarrier();
  return pivot;
}

// Takes the direction of `pivot_row` out of the rows below it.
fn remove_direction(pivot_row : u32) {
  for (var first = pivot_row + 1u; first < samples(); first += 16u) {
    let row = min(own_row(first), samples() - 1u);
    var dot_product = 0.0;
    for (var k = own_lane(); k < width(); k += 16u) {
      dot_product += result[row_at(row) + k] * result[row_at(pivot_row) + k];
    }
    let along = sum_of_row(dot_product);
    if (own_row(first) < samples()) {
      for (var k = own_lane(); k < width(); k += 16u) {
        result[row_at(row) + k] -= along * result[row_at(pivot_row) + k];
      }
    }
  }
  storageBarrier();
  workgroupBarrier();
}

fn orthogonalize() {
  let layer = uniforms.measure.z + workgroupId.x;
  base = uniforms.measure.x + workgroupId.x * samples() * lead();
  copy_rows(layer, common_exponent(layer));
  var log_sum = 0.0;
  var least = 3.0e38;
  for (var row = 0u; row < samples(); row++) {
    let pivot = take_pivot(row);
    least = min(least, pivot);
    log_sum += accurate_log(max(pivot, 1.2e-38));
    remove_direction(row);
  }
  if (localIndex == 0u) {
    let at = partials_of(workgroupId.x);
    result[at] = log_sum;
    result[at + 1u] = least;
  }
}
