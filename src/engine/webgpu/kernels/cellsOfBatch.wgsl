// One workgroup owns the whole batch: an invocation holds one column of 4 CELLS rows, a cell being four
// neighbouring rows. CELLS is set by the program: 256 CELLS cells hold the batch.

fn rows_begin() -> u32 { return 0u; }
fn rows_end() -> u32 { return samples(); }
// Columns side by side, a power of two; what is left of the workgroup stands in row groups.
fn columns_across() -> u32 { return uniforms.span.w; }
fn row_groups() -> u32 { return 256u / columns_across(); }
fn own_column() -> u32 { return localIndex % columns_across(); }
fn own_group() -> u32 { return localIndex / columns_across(); }
fn first_row(cell : u32) -> u32 { return 4u * (own_group() * CELLS + cell); }

fn mask(cell : u32) -> vec4<f32> {
  let rows = vec4<u32>(first_row(cell)) + vec4<u32>(0u, 1u, 2u, 3u);
  let exists = (rows < vec4<u32>(samples())) & vec4<bool>(own_column() < width());
  return select(vec4<f32>(0.0), vec4<f32>(1.0), exists);
}

fn load_cell(base : u32, cell : u32) -> vec4<f32> {
  let exists = mask(cell);
  var value = vec4<f32>(0.0);
  for (var i = 0u; i < 4u; i++) {
    if (exists[i] == 1.0) { value[i] = result[base + (first_row(cell) + i) * lead() + own_column()]; }
  }
  return value;
}

// Rows that exist are written up to their padding, which is zero.
fn store_cell(base : u32, cell : u32, value : vec4<f32>) {
  if (own_column() >= lead()) { return; }
  for (var i = 0u; i < 4u; i++) {
    let row = first_row(cell) + i;
    if (row < samples()) { result[base + row * lead() + own_column()] = value[i]; }
  }
}

fn load_columns(base : u32) -> vec4<f32> {
  return vec4<f32>(result[base + min(own_column(), lead() - 1u)]);
}

// The sum over what a normalization takes together here: the column.
fn group_sum(value : vec2<f32>) -> vec2<f32> {
  lanes[localIndex] = value;
  workgroupBarrier();
  var sum = lanes[own_column()];
  for (var group = 1u; group < row_groups(); group++) {
    sum += lanes[group * columns_across() + own_column()];
  }
  workgroupBarrier();
  return sum;
}
fn group_size() -> f32 { return f32(samples()); }

fn store_statistics(layer : u32, mean : vec4<f32>, inverse : vec4<f32>, exponent : i32) {
  if (own_group() != 0u || own_column() >= lead()) { return; }
  let entries_at = column_meta_of(layer) + own_column();
  result[entries_at] = mean.x;
  result[entries_at + lead()] = inverse.x;
  if (localIndex == 0u) { result[column_exponents_of(layer)] = f32(exponent); }
}

fn load_inverse(layer : u32) -> vec4<f32> {
  return load_columns(column_meta_of(layer) + lead());
}
