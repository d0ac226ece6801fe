// A workgroup owns one row of the batch, an invocation four neighbouring columns of it (one cell).

const CELLS : u32 = 1u;

fn rows_begin() -> u32 { return workgroupId.x; }
fn rows_end() -> u32 { return workgroupId.x + 1u; }
fn own_column() -> u32 { return 4u * localIndex; }

// 1 for the entries that exist, 0 for padding.
fn mask(cell : u32) -> vec4<f32> {
  let columns = vec4<u32>(own_column()) + vec4<u32>(0u, 1u, 2u, 3u);
  return select(vec4<f32>(0.0), vec4<f32>(1.0), columns < vec4<u32>(width()));
}

// Four neighbouring columns from `address` on.
fn load_four(address : u32) -> vec4<f32> {
  return vec4<f32>(result[address], result[address + 1u], result[address + 2u], result[address + 3u]);
}

// The invocation's part of the [samples, lead] matrix at `base`.
fn load_cell(base : u32, cell : u32) -> vec4<f32> {
  if (own_column() >= lead()) { return vec4<f32>(0.0); }
  return load_four(base + workgroupId.x * lead() + own_column());
}

fn store_cell(base : u32, cell : u32, value : vec4<f32>) {
  if (own_column() >= lead()) { return; }
  let address = base + workgroupId.x * lead() + own_column();
  result[address] = value.x;
  result[address + 1u] = value.y;
  result[address + 2u] = value.z;
  result[address + 3u] = value.w;
}

// The invocation's part of a vector [lead] of the arena.
fn load_columns(base : u32) -> vec4<f32> {
  if (own_column() >= lead()) { return vec4<f32>(0.0); }
  return load_four(base + own_column());
}

// The sum over what a normalization takes together here: the row.
fn group_sum(value : vec2<f32>) -> vec2<f32> { return sum_all(value); }
fn group_size() -> f32 { return f32(width()); }

// Mean and inverse deviation of the row.
fn store_statistics(layer : u32, mean : vec4<f32>, inverse : vec4<f32>, exponent : i32) {
  if (localIndex != 0u) { return; }
  let entries_at = row_meta_of(layer, workgroupId.x);
  result[entries_at + ROW_MEAN] = mean.x;
  result[entries_at + ROW_INVERSE] = inverse.x;
}

fn load_inverse(layer : u32) -> vec4<f32> {
  return vec4<f32>(result[row_meta_of(layer, workgroupId.x) + ROW_INVERSE]);
}
