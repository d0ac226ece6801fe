// Products of one layer by W (z = 0) and by S (z = 1), raw: the scale stays with the rows of the operand.
// Forward A B^T, backward A B; A [samples, lead] in the arena. A workgroup makes a tile of 32 x 32, an
// invocation 4 x 4 of it. The halves of the inner dimension are summed apart, in equal order, so that the
// mirrored halves of looks-linear weights cancel exactly where they meet equal ones. Bindings: result = arena, weights (f32).

const BACKWARD : u32 = 1u;

var<workgroup> a_tile : array<array<f32, 33>, 32>;
var<workgroup> b_tile : array<array<f32, 33>, 32>;

fn goes_back() -> bool { return (uniforms.span.z & BACKWARD) != 0u; }

fn operand_at(layer : u32, is_filter : bool) -> u32 {
  if (goes_back()) {
    return select(gradient_at(), z_of(layer), linear_first() && !is_filter);
  }
  if (is_filter) { return x_of(layer - branch()); }
  return select(activated_of(layer), x_of(layer - 1u), linear_first());
}

// Rows of A and B from inner index k on; entries outside, and from `end` on, are zero.
fn fill_tiles(a : u32, b : u32, k : u32, end : u32) {
  let inner = localIndex % 32u;
  for (var i = localIndex / 32u; i < 32u; i += 2u) {
    let row = workgroupId.y * 32u + i;
    a_tile[i][inner] = 0.0;
    if (row < samples() && k + inner < end) { a_tile[i][inner] = result[a + row * lead() + k + inner]; }
    b_tile[i][inner] = b_entry(b, workgroupId.x * 32u, k, i, inner);
  }
}

// Entry of the tile of B [inner][column] backward, [column][inner] forward, as it lies in memory.
fn b_entry(b : u32, column : u32, k : u32, i : u32, j : u32) -> f32 {
  let row = select(column, k, goes_back()) + i;
  let place = select(k, column, goes_back()) + j;
  if (row >= lead() || place >= lead()) { return 0.0; }
  return weights[b + row * lead() + place];
}

fn multiply_tiles(sums : ptr<function, array<vec4<f32>, 4>>) {
  let row = 4u * (localIndex / 8u);
  let column = 4u * (localIndex % 8u);
  for (var k = 0u; k < 32u; k++) {
    var b : vec4<f32>;
    if (goes_back()) {
      b = vec4<f32>(b_tile[k][column], b_tile[k][column + 1u], b_tile[k][column + 2u], b_tile[k][column + 3u]);
    } else {
      b = vec4<f32>(b_tile[column][k], b_tile[column + 1u][k], b_tile[column + 2u][k], b_tile[column + 3u][k]);
    }
    for (var i = 0u; i < 4u; i++) { (*sums)[i] += a_tile[row + i][k] * b; }
  }
}

// The part of the product that inner indices from `start` to `end` make.
fn sums_between(a : u32, b : u32, start : u32, end : u32) -> array<vec4<f32>, 4> {
  var sums : array<vec4<f32>, 4>;
  for (var k = start; k < end; k += 32u) {
    fill_tiles(a, b, k, end);
    workgroupBarrier();
    multiply_tiles(&sums);
    workgroupBarrier();
  }
  return sums;
}

fn product() {
  let layer = uniforms.span.y;
  let is_filter = workgroupId.z == 1u;
  let a = operand_at(layer, is_filter);
  let b = select(weight_of(layer), filter_of(layer), is_filter);
  var sums = sums_between(a, b, 0u, width() / 2u);
  let second = sums_between(a, b, width() / 2u, width());
  for (var i = 0u; i < 4u; i++) { sums[i] += second[i]; }
  let target_at = select(product_at(), filtered_at(), is_filter);
  for (var i = 0u; i < 4u; i++) {
    let row = workgroupId.y * 32u + 4u * (localIndex / 8u) + i;
    for (var j = 0u; j < 4u; j++) {
      let column = workgroupId.x * 32u + 4u * (localIndex % 8u) + j;
      if (row < samples() && column < lead()) { result[target_at + row * lead() + column] = sums[i][j]; }
    }
  }
}
