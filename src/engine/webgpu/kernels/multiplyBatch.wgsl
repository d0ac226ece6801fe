// v = v W^T for the whole batch; weights is an array of vec4<f32>.

fn multiply(matrix : u32, product : u32) {
  share_batch();
  var sums : array<vec4<f32>, CELLS>;
  let stride = row_cells();
  let row = (matrix + min(own_column(), lead() - 1u) * lead()) / 4u;
  for (var k = 0u; k < lead() / 4u; k++) {
    let w = weights[row + k];
    var at = 4u * k * stride + own_group() * CELLS;
    for (var c = 0u; c < CELLS; c++) {
      sums[c] += w.x * shared_batch[at] + w.y * shared_batch[at + stride];
      sums[c] += w.z * shared_batch[at + 2u * stride] + w.w * shared_batch[at + 3u * stride];
      at++;
    }
  }
  take_product(sums);
}
