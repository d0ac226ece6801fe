// Cosines between the rows of X and squares of its Gram matrix, over one tile of 16 x 16 pairs of rows.
// Grid (tiles on and above the diagonal, layers). Bindings: result = arena.

var<workgroup> rows_a : array<array<f32, 17>, 16>;
var<workgroup> rows_b : array<array<f32, 17>, 16>;

// Row and column of a tile in the upper triangle.
fn tile_place(tile : u32) -> vec2<u32> {
  var row = 0u;
  var left = tile;
  while (left >= tiles_across() - row) {
    left -= tiles_across() - row;
    row++;
  }
  return vec2<u32>(row, row + left);
}

fn entry(layer : u32, row : u32, column : u32) -> f32 {
  if (row >= samples() || column >= lead()) { return 0.0; }
  return result[x_of(layer) + row * lead() + column];
}

// (a . b, a . a, b . b) of the invocation's pair of rows.
fn products(layer : u32, first : vec2<u32>) -> vec3<f32> {
  let i = localIndex / 16u;
  let j = localIndex % 16u;
  var sums = vec3<f32>(0.0);
  for (var k = 0u; k < lead(); k += 16u) {
    rows_a[i][j] = entry(layer, first.x + i, k + j);
    rows_b[i][j] = entry(layer, first.y + i, k + j);
    workgroupBarrier();
    for (var p = 0u; p < 16u; p++) {
      let a = rows_a[i][p];
      let b = rows_b[j][p];
      sums += vec3<f32>(a * b, a * a, b * b);
    }
    workgroupBarrier();
  }
  return sums;
}

fn row_exponent(layer : u32, row : u32) -> i32 {
  return i32(result[row_meta_of(layer, min(row, samples() - 1u)) + X_EXPONENT]);
}

fn top_exponent(layer : u32) -> i32 {
  var most = ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) { most = max(most, row_exponent(layer, row)); }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

fn gram() {
  let layer = uniforms.measure.z + workgroupId.y;
  let first = GRAM_TILE * tile_place(workgroupId.x);
  let pair = first + vec2<u32>(localIndex / 16u, localIndex % 16u);
  let sums = products(layer, first);
  let top = top_exponent(layer);
  let exponent = row_exponent(layer, pair.x) + row_exponent(layer, pair.y) - 2 * top;
  let entry_of_g = sums.x * power_of_two(exponent);
  let exists = pair.x < pair.y && pair.y < samples() && sums.y > 0.0 && sums.z > 0.0;
  let cosine = select(0.0, clamp(sums.x / (sqrt(sums.y) * sqrt(sums.z)), -1.0, 1.0), exists);
  let weight = select(select(0.0, 1.0, pair.x == pair.y), 2.0, pair.x < pair.y);
  let cosines = sum_all(vec2<f32>(cosine, abs(cosine)));
  let counts = sum_all(vec2<f32>(select(0.0, 1.0, exists), weight * entry_of_g * entry_of_g));
  let ends = max_all(vec2<f32>(select(-2.0, -cosine, exists), select(-2.0, cosine, exists)));
  if (localIndex != 0u) { return; }
  let at = gram_partial(workgroupId.y, workgroupId.x);
  result[at] = cosines.x;
  result[at + 1u] = cosines.y;
  result[at + 2u] = ends.x;
  result[at + 3u] = ends.y;
  result[at + 4u] = counts.x;
  result[at + 5u] = counts.y;
}
