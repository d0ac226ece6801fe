// Spread over the samples and signs of 32 units of Z, eight invocations a unit.
// Grid (column blocks, layers). Bindings: result = arena.

fn own_column() -> u32 { return workgroupId.x * COLUMN_BLOCK + localIndex % COLUMN_BLOCK; }
fn first_row() -> u32 { return localIndex / COLUMN_BLOCK; }

fn column_sum(value : vec2<f32>) -> vec2<f32> {
  lanes[localIndex] = value;
  workgroupBarrier();
  var sum = lanes[localIndex % 32u];
  for (var i = 1u; i < 8u; i++) { sum += lanes[localIndex % 32u + 32u * i]; }
  workgroupBarrier();
  return sum;
}

fn row_exponent(layer : u32, row : u32) -> i32 {
  return i32(result[row_meta_of(layer, row) + Z_EXPONENT]);
}

fn top_exponent(layer : u32) -> i32 {
  var most = ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) { most = max(most, row_exponent(layer, row)); }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

fn entry(layer : u32, row : u32, top : i32) -> f32 {
  let raw = result[z_of(layer) + row * lead() + own_column()];
  return raw * power_of_two(row_exponent(layer, row) - top);
}

fn spread() {
  let layer = uniforms.measure.z + workgroupId.y;
  let top = top_exponent(layer);
  let exists = own_column() < width();
  var total = 0.0;
  var signs = vec2<f32>(0.0);
  for (var row = first_row(); exists && row < samples(); row += 8u) {
    total += entry(layer, row, top);
    let raw = result[z_of(layer) + row * lead() + own_column()];
    signs += select(vec2<f32>(0.0), vec2<f32>(1.0), vec2<bool>(raw > 0.0, raw < 0.0));
  }
  let mean = column_sum(vec2<f32>(total, 0.0)).x / f32(samples());
  signs = column_sum(signs);
  var squares = vec2<f32>(0.0);
  for (var row = first_row(); exists && row < samples(); row += 8u) {
    let value = entry(layer, row, top);
    squares += vec2<f32>((value - mean) * (value - mean), value * value);
  }
  let sums = sum_all(squares);
  let speaks = first_row() == 0u && exists && signs.x + signs.y > 0.0;
  let rarer = min(signs.x, signs.y) / max(signs.x + signs.y, 1.0);
  let units = sum_all(select(vec2<f32>(0.0), vec2<f32>(rarer, 1.0), speaks));
  if (localIndex != 0u) { return; }
  let at = column_partial(workgroupId.y, workgroupId.x);
  result[at] = sums.x;
  result[at + 1u] = sums.y;
  result[at + 2u] = units.x;
  result[at + 3u] = units.y;
}
