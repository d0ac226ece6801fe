// Sum of squares of one 64 x 64 tile of d loss / d W = D^T operand; dW itself is never stored.
// Grid (tiles, layers); an invocation makes 4 x 4 entries. Bindings: result = arena.

var<workgroup> d_tile : array<array<f32, 64>, 16>;
var<workgroup> x_tile : array<array<f32, 64>, 16>;

fn tiles() -> u32 { return (width() + 63u) / 64u; }
fn operand_at(layer : u32) -> u32 { return select(activated_of(layer), x_of(layer - 1u), linear_first()); }

// Exponent of a row's contribution to dW.
fn product_exponent(layer : u32, row : u32) -> i32 {
  let input = i32(result[row_meta_of(layer - 1u, row) + X_EXPONENT]);
  let activated = i32(result[row_meta_of(layer, row) + OPERAND_EXPONENT]);
  let operand = select(activated, input, linear_first());
  return i32(result[row_meta_of(layer, row) + D_EXPONENT]) + operand;
}

fn top_exponent(layer : u32) -> i32 {
  var most = 2 * ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) { most = max(most, product_exponent(layer, row)); }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

fn fill_tiles(layer : u32, first : vec2<u32>, row : u32, top : i32) {
  for (var i = localIndex; i < 1024u; i += 256u) {
    let own_row = row + i / 64u;
    let column = first + vec2<u32>(i % 64u);
    let row_exists = own_row < samples();
    var d = 0.0;
    var x = 0.0;
    if (row_exists && column.x < width()) {
      d = result[z_of(layer) + own_row * lead() + column.x]
        * power_of_two(product_exponent(layer, own_row) - top);
    }
    if (row_exists && column.y < width()) { x = result[operand_at(layer) + own_row * lead() + column.y]; }
    d_tile[i / 64u][i % 64u] = d;
    x_tile[i / 64u][i % 64u] = x;
  }
}

fn weightGradient() {
  let layer = uniforms.measure.z + workgroupId.y;
  let first = 64u * vec2<u32>(workgroupId.x / tiles(), workgroupId.x % tiles());
  let top = top_exponent(layer);
  let i = 4u * (localIndex / 16u);
  let j = 4u * (localIndex % 16u);
  var sums : array<vec4<f32>, 4>;
  for (var row = 0u; row < samples(); row += 16u) {
    fill_tiles(layer, first, row, top);
    workgroupBarrier();
    for (var k = 0u; k < 16u; k++) {
      let x = vec4<f32>(x_tile[k][j], x_tile[k][j + 1u], x_tile[k][j + 2u], x_tile[k][j + 3u]);
      for (var p = 0u; p < 4u; p++) { sums[p] += d_tile[k][i + p] * x; }
    }
    workgroupBarrier();
  }
  var squares = 0.0;
  for (var p = 0u; p < 4u; p++) { squares += dot(sums[p], sums[p]); }
  let total = sum_all(vec2<f32>(squares, 0.0)).x;
  if (localIndex == 0u) {
    let at = uniforms.measure.y + workgroupId.y * (tiles() * tiles() + 1u);
    result[at] = f32(top);
    result[at + 1u + workgroupId.x] = total;
  }
}
