// ln det G of G = X X^T, from R of the QR decomposition of the rows of X (modified Gram-Schmidt). Squaring X
// into G first would lose half the digits of f32; R keeps what X itself has. And the smallest eigenvalue of
// G = R^T R, by inverse iteration. One workgroup a layer, 16 invocations a row. Bindings: result = arena.

// Steps of the inverse iteration: a tiny eigenvalue stands alone, so few are needed.
const INVERSE_STEPS : u32 = 3u;

// Pivots under this are zero; the inverse iteration must still be able to divide.
const LEAST_PIVOT : f32 = 1.0e-20;

// Scratch of the layer: rows [samples, lead], R [samples, samples] above its diagonal, two vectors.
var<private> base : u32;

fn scratch_floats() -> u32 { return samples() * (lead() + samples() + 4u); }
fn r_at(row : u32, column : u32) -> u32 {
  return base + samples() * lead() + row * samples() + column;
}
fn vector_at(which : u32, row : u32) -> u32 {
  return base + samples() * (lead() + samples()) + which * samples() + row;
}

// Solutions beyond this belong to singular matrices; they must only stay finite.
const LARGEST_SOLUTION : f32 = 1.0e17;

fn quotient(value : f32, divisor : f32) -> f32 {
  return clamp(value / divisor, -LARGEST_SOLUTION, LARGEST_SOLUTION);
}

fn everyone_wrote() {
  storageBarrier();
  workgroupBarrier();
}

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

fn top_exponent(layer : u32) -> i32 {
  var most = ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) { most = max(most, row_exponent(layer, row)); }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

// Copies the rows to the scratch, on one scale.
fn copy_rows(layer : u32, top : i32) {
  for (var i = localIndex; i < samples() * lead(); i += 256u) {
    result[base + i] = result[x_of(layer) + i] * power_of_two(row_exponent(layer, i / lead()) - top);
  }
  everyone_wrote();
}

// Squared norm of what is left of a row; the row becomes a unit vector.
fn take_pivot(row : u32) -> f32 {
  var squares = 0.0;
  for (var k = localIndex; k < width(); k += 256u) { squares += result[row_at(row) + k] * result[row_at(row) + k]; }
  let pivot = sum_all(vec2<f32>(squares, 0.0)).x;
  let inverse = select(0.0, 1.0 / sqrt(pivot), pivot > 0.0);
  for (var k = localIndex; k < width(); k += 256u) { result[row_at(row) + k] *= inverse; }
  everyone_wrote();
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
      if (own_lane() == 0u) { result[r_at(pivot_row, row)] = along; }
      for (var k = own_lane(); k < width(); k += 16u) {
        result[row_at(row) + k] -= along * result[row_at(pivot_row) + k];
      }
    }
  }
  everyone_wrote();
}

// Vector 1 = R^-T times vector 0, which is used up.
fn solve_transposed() {
  for (var i = 0u; i < samples(); i++) {
    let value = quotient(result[vector_at(0u, i)], result[r_at(i, i)]);
    for (var j = i + 1u + localIndex; j < samples(); j += 256u) {
      result[vector_at(0u, j)] -= value * result[r_at(i, j)];
    }
    if (localIndex == 0u) { result[vector_at(1u, i)] = value; }
    everyone_wrote();
  }
}

// Vector 0 = R^-1 times vector 1, which is used up.
fn solve() {
  for (var step = 0u; step < samples(); step++) {
    let i = samples() - 1u - step;
    let value = quotient(result[vector_at(1u, i)], result[r_at(i, i)]);
    for (var j = localIndex; j < i; j += 256u) {
      result[vector_at(1u, j)] -= value * result[r_at(j, i)];
    }
    if (localIndex == 0u) { result[vector_at(0u, i)] = value; }
    everyone_wrote();
  }
}

// Divides vector 0 by its norm, which is returned.
fn unit_vector() -> f32 {
  var squares = 0.0;
  for (var i = localIndex; i < samples(); i += 256u) {
    squares += result[vector_at(0u, i)] * result[vector_at(0u, i)];
  }
  let norm = sqrt(sum_all(vec2<f32>(squares, 0.0)).x);
  for (var i = localIndex; i < samples(); i += 256u) { result[vector_at(0u, i)] /= norm; }
  everyone_wrote();
  return norm;
}

// Smallest eigenvalue of R^T R, from above.
fn smallest_eigenvalue() -> f32 {
  for (var i = localIndex; i < samples(); i += 256u) {
    // No direction that a network prefers.
    result[vector_at(0u, i)] = cosine_sine(f32(i + 1u)).x;
  }
  everyone_wrote();
  unit_vector();
  var inverse = 0.0;
  for (var step = 0u; step < INVERSE_STEPS; step++) {
    solve_transposed();
    solve();
    inverse = unit_vector();
  }
  return 1.0 / inverse;
}

fn orthogonalize() {
  let layer = uniforms.measure.z + workgroupId.x;
  base = uniforms.measure.x + workgroupId.x * scratch_floats();
  copy_rows(layer, top_exponent(layer));
  var log_sum = 0.0;
  for (var row = 0u; row < samples(); row++) {
    let pivot = max(take_pivot(row), LEAST_PIVOT);
    if (localIndex == 0u) { result[r_at(row, row)] = sqrt(pivot); }
    log_sum += accurate_log(pivot);
    remove_direction(row);
  }
  let smallest = smallest_eigenvalue();
  if (localIndex == 0u) {
    let at = partials_of(workgroupId.x);
    result[at] = log_sum;
    result[at + 1u] = smallest;
  }
}
