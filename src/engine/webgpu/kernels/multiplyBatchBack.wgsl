// v = v W for the whole batch; weights is an array of f32.

fn multiply(matrix : u32, product : u32) {
  share_batch();
  var sums : array<vec4<f32>, CELLS>;
  let stride = row_cells();
  let column = matrix + min(own_column(), lead() - 1u);
  for (var k = 0u; k < lead(); k++) {
    let w = weights[column + k * lead()];
    let at = k * stride + own_group() * CELLS;
    for (var c = 0u; c < CELLS; c++) { sums[c] += w * shared_batch[at + c]; }
  }
  take_product(sums);
}
