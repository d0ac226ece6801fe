// Z = norm(H) of the own rows, and back. A group is a row (feature axis) or, where one workgroup holds the
// whole batch, a column; with columns spread over workgroups their statistics come from columns*.wgsl.

fn centres() -> bool { return uniforms.kind.z == 1u; }
fn axis() -> u32 { return uniforms.kind.y; }

fn normalize_group(layer : u32) {
  var sums = vec2<f32>(0.0);
  for (var c = 0u; c < CELLS; c++) { sums += vec2<f32>(dot(v[c], vec4<f32>(1.0)), dot(v[c], v[c])); }
  let raw = group_sum(sums);
  let mean = select(0.0, raw.x / group_size(), centres());
  var squares = 0.0;
  for (var c = 0u; c < CELLS; c++) {
    v[c] = (v[c] - mean) * mask(c);
    squares += dot(v[c], v[c]);
  }
  let inverse = inverse_deviation(raw.y, group_sum(vec2<f32>(squares, 0.0)).x, group_size());
  scale_by(inverse);
  store_statistics(layer, vec4<f32>(mean), vec4<f32>(inverse), e);
}

fn normalize_by_columns(layer : u32) {
  let mean = load_columns(column_meta_of(layer));
  let inverse = load_columns(column_meta_of(layer) + lead());
  let factor = power_of_two(e - i32(result[column_exponents_of(layer)]));
  for (var c = 0u; c < CELLS; c++) { v[c] = (v[c] * factor - mean) * inverse * mask(c); }
}

fn normalize(layer : u32) {
  if (axis() == AXIS_NONE) { return; }
  if (COLUMNS_GIVEN && axis() == AXIS_BATCH) {
    normalize_by_columns(layer);
  } else {
    normalize_group(layer);
  }
  e = 0;
}

// d - mean d - Z mean(d Z) of a group, the mean of d only where centred; its share of what passes.
fn remove_unseen_of_group() -> f32 {
  var sums = vec2<f32>(0.0);
  for (var c = 0u; c < CELLS; c++) { sums += vec2<f32>(dot(v[c], vec4<f32>(1.0)), dot(v[c], z[c])); }
  let means = group_sum(sums) / group_size();
  let shift = select(0.0, means.x, centres());
  var squares = vec2<f32>(0.0);
  for (var c = 0u; c < CELLS; c++) {
    let left = (v[c] - shift - z[c] * means.y) * mask(c);
    squares += vec2<f32>(dot(v[c], v[c]), dot(left, left));
    v[c] = left;
  }
  let both = group_sum(squares);
  return passing_share(both.x, both.y, group_size(), centres());
}

// The same where columns.wgsl has summed up the columns; v is left multiplied by 1 / sigma.
fn normalize_backward_by_columns(layer : u32) {
  let base = column_meta_of(layer);
  let factors = meet_exponent(i32(result[column_exponents_of(layer) + 1u]));
  let shift = load_columns(base + 2u * lead()) * factors.y;
  let along = load_columns(base + 3u * lead()) * factors.y;
  let inverse = load_columns(base + 4u * lead());
  for (var c = 0u; c < CELLS; c++) {
    v[c] = (v[c] * factors.x - shift - z[c] * along) * inverse * mask(c);
  }
}

// d loss / d H from d loss / d Z: what the normalization sees of it, divided by sigma.
fn normalize_backward(layer : u32) {
  if (axis() == AXIS_NONE) { return; }
  settle();
  if (COLUMNS_GIVEN && axis() == AXIS_BATCH) {
    normalize_backward_by_columns(layer);
  } else {
    let share = remove_unseen_of_group();
    let inverse = load_inverse(layer) * share;
    for (var c = 0u; c < CELLS; c++) { v[c] *= inverse; }
  }
  e -= deviation_exponent(layer);
}

// H = 2^exponent * stored values when its statistics were taken: sigma = 2^exponent / inverse.
fn deviation_exponent(layer : u32) -> i32 {
  if (axis() == AXIS_BATCH) { return i32(result[column_exponents_of(layer)]); }
  return load_row_exponent(layer, H_EXPONENT);
}
