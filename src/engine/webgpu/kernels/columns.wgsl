// Column sums over the batch where it is spread over workgroups. A workgroup takes 32 columns, eight
// invocations each. Bindings: result = arena, weights (f32: the bias).

const BACKWARD : u32 = 1u;
const KEPT : u32 = 2u;

fn centres() -> bool { return uniforms.kind.z == 1u; }
fn own_column() -> u32 { return workgroupId.x * 32u + localIndex % 32u; }
fn first_row() -> u32 { return localIndex / 32u; }

fn column_sum(value : vec2<f32>) -> vec2<f32> {
  lanes[localIndex] = value;
  workgroupBarrier();
  var sum = lanes[localIndex % 32u];
  for (var i = 1u; i < 8u; i++) { sum += lanes[localIndex % 32u + 32u * i]; }
  workgroupBarrier();
  return sum;
}

fn h_exponent(layer : u32, row : u32) -> i32 {
  let scale = select(0, uniforms.exponent.w, linear_first());
  return i32(result[row_meta_of(layer - 1u, row) + X_EXPONENT]) + scale;
}

fn has_bias() -> bool { return linear_first() && uniforms.mixing.z == 1u; }

// Largest exponent among the rows of H and its bias.
fn top_h_exponent(layer : u32) -> i32 {
  var most = ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) { most = max(most, h_exponent(layer, row)); }
  if (has_bias()) { most = max(most, uniforms.exponent.z); }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

// Entry of H in units of 2^top.
fn h_entry(layer : u32, row : u32, top : i32) -> f32 {
  let at = select(x_of(layer - 1u), product_at(), linear_first());
  let raw = result[at + row * lead() + own_column()] * power_of_two(h_exponent(layer, row) - top);
  if (!has_bias()) { return raw; }
  return raw + weights[bias_of(layer) + own_column()] * power_of_two(uniforms.exponent.z - top);
}

// Mean and inverse deviation of the columns of H.
fn measure_forward(layer : u32) {
  let top = top_h_exponent(layer);
  let exists = own_column() < width();
  var sums = vec2<f32>(0.0);
  for (var row = first_row(); exists && row < samples(); row += 8u) {
    let h = h_entry(layer, row, top);
    sums += vec2<f32>(h, h * h);
  }
  sums = column_sum(sums);
  let mean = select(0.0, sums.x / f32(samples()), centres());
  var squares = 0.0;
  for (var row = first_row(); exists && row < samples(); row += 8u) {
    let h = h_entry(layer, row, top) - mean;
    squares += h * h;
  }
  let total = column_sum(vec2<f32>(squares, 0.0)).x;
  if (first_row() != 0u || own_column() >= lead()) { return; }
  let base = column_meta_of(layer) + own_column();
  result[base] = mean;
  result[base + lead()] = inverse_deviation(sums.y, total, f32(samples()));
  result[column_exponents_of(layer)] = f32(top);
}

fn top_kept_exponent() -> i32 {
  var most = ZERO_EXPONENT;
  for (var row = localIndex; row < samples(); row += 256u) {
    most = max(most, i32(result[side_exponent_at(row, KEPT)]));
  }
  return i32(max_all(vec2<f32>(f32(most))).x);
}

// Entries (d, z) of a row, d = d loss / d Z as kept, in units of 2^top.
fn kept_entry(layer : u32, row : u32, top : i32) -> vec2<f32> {
  let at = row * lead() + own_column();
  let scale = power_of_two(i32(result[side_exponent_at(row, KEPT)]) - top);
  return vec2<f32>(result[product_at() + at] * scale, result[z_of(layer) + at]);
}

// Means of d and of d z over the columns, and 1 / sigma where anything passes.
fn measure_backward(layer : u32) {
  let top = top_kept_exponent();
  let exists = own_column() < width();
  var sums = vec2<f32>(0.0);
  for (var row = first_row(); exists && row < samples(); row += 8u) {
    let d_z = kept_entry(layer, row, top);
    sums += vec2<f32>(d_z.x, d_z.x * d_z.y);
  }
  var means = column_sum(sums) / f32(samples());
  if (!centres()) { means.x = 0.0; }
  var squares = vec2<f32>(0.0);
  for (var row = first_row(); exists && row < samples(); row += 8u) {
    let d_z = kept_entry(layer, row, top);
    let left = d_z.x - means.x - d_z.y * means.y;
    squares += vec2<f32>(d_z.x * d_z.x, left * left);
  }
  squares = column_sum(squares);
  if (first_row() != 0u || own_column() >= lead()) { return; }
  let base = column_meta_of(layer) + own_column();
  let share = passing_share(squares.x, squares.y, f32(samples()), centres());
  result[base + 2u * lead()] = means.x;
  result[base + 3u * lead()] = means.y;
  result[base + 4u * lead()] = result[base + lead()] * share;
  result[column_exponents_of(layer) + 1u] = f32(top);
}

fn columns() {
  if ((uniforms.span.z & BACKWARD) != 0u) {
    measure_backward(uniforms.span.y);
  } else {
    measure_forward(uniforms.span.y);
  }
}
