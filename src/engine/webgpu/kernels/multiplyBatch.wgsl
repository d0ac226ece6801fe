// v = v W^T for the whole batch; weights is an array of vec4<f32>. The halves of a row are summed apart, in
// equal order, so that the mirrored halves of looks-linear weights cancel exactly where they meet equal ones.

// Entry of the weights times that column of the batch.
fn add_products(sums : ptr<function, array<vec4<f32>, CELLS>>, row : u32, k : u32) {
  let w = weights[(row + k) / 4u][(row + k) % 4u];
  let at = k * row_cells() + own_group() * CELLS;
  for (var c = 0u; c < CELLS; c++) { (*sums)[c] += w * shared_batch[at + c]; }
}

fn multiply(matrix : u32, product : u32) {
  share_batch();
  var first : array<vec4<f32>, CELLS>;
  var second : array<vec4<f32>, CELLS>;
  let row = matrix + min(own_column(), lead() - 1u) * lead();
  let count = width() / 2u;
  for (var k = 0u; k < count; k++) {
    add_products(&first, row, k);
    add_products(&second, row, count + k);
  }
  if (width() % 2u == 1u) { add_products(&second, row, width() - 1u); }
  for (var c = 0u; c < CELLS; c++) { first[c] += second[c]; }
  take_product(first);
}
