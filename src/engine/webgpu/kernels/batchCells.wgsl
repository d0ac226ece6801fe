// The whole batch, shared by the workgroup: [column][row cell], so that a cell is written at once.

var<workgroup> shared_batch : array<vec4<f32>, 256u * CELLS>;

fn row_cells() -> u32 { return row_groups() * CELLS; }

fn share_batch() {
  let at = own_column() * row_cells() + own_group() * CELLS;
  for (var c = 0u; c < CELLS; c++) { shared_batch[at + c] = v[c]; }
  workgroupBarrier();
}

// v, but for columns that are padding.
fn take_product(product : array<vec4<f32>, CELLS>) {
  let exists = select(0.0, 1.0, own_column() < width());
  for (var c = 0u; c < CELLS; c++) { v[c] = product[c] * exists; }
  workgroupBarrier();
}
