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

// A centred group of two has Z = +-1 whatever H is: nothing passes.
fn passes_nothing() -> bool {
  let size = select(width(), samples(), axis() == AXIS_BATCH);
  return centres() && size == 2u;
}

// d loss / d H from d loss / d Z: (d - mean d - Z mean(d Z)) / sigma, the mean of d only where centred.
fn normalize_backward(layer : u32) {
  if (axis() == AXIS_NONE) { return; }
  var sums = vec2<f32>(0.0);
  var scale = f32(width());
  if (COLUMNS_GIVEN && axis() == AXIS_BATCH) {
    scale = f32(samples());
  } else {
    for (var c = 0u; c < CELLS; c++) { sums += vec2<f32>(dot(v[c], vec4<f32>(1.0)), dot(v[c], z[c])); }
    sums = group_sum(sums);
    scale = group_size();
  }
  subtract_shared(layer, sums, scale);
}

fn subtract_shared(layer : u32, sums : vec2<f32>, size : f32) {
  var shift = vec4<f32>(sums.x);
  var along = vec4<f32>(sums.y);
  var inverse = vec4<f32>(0.0);
  if (COLUMNS_GIVEN && axis() == AXIS_BATCH) {
    let base = column_meta_of(layer);
    let factors = meet_exponent(i32(result[column_exponents_of(layer) + 1u]));
    scale_by(factors.x);
    shift = load_columns(base + 2u * lead()) * factors.y;
    along = load_columns(base + 3u * lead()) * factors.y;
    inverse = load_columns(base + lead());
  } else {
    inverse = load_inverse(layer);
  }
  if (!centres()) { shift = vec4<f32>(0.0); }
  if (passes_nothing()) { inverse = vec4<f32>(0.0); }
  for (var c = 0u; c < CELLS; c++) {
    v[c] = (v[c] - shift / size - z[c] * along / size) * inverse * mask(c);
  }
  e -= deviation_exponent(layer);
}

// H = 2^exponent * stored values when its statistics were taken: sigma = 2^exponent / inverse.
fn deviation_exponent(layer : u32) -> i32 {
  if (axis() == AXIS_BATCH) { return i32(result[column_exponents_of(layer)]); }
  return load_row_exponent(layer, H_EXPONENT);
}
