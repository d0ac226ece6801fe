// v = v W^T for one row; weights is an array of vec4<f32>. The halves of a row are summed apart, in equal
// order, so that the mirrored halves of looks-linear weights cancel exactly where they meet equal ones.

fn weight_entry(at : u32) -> f32 { return weights[at / 4u][at % 4u]; }

fn half_sums_of_fours(row : u32) -> f32 {
  let count = lead() / 8u;
  var first = 0.0;
  var second = 0.0;
  for (var k = first_part(); k < count; k += part_count()) {
    first += dot(weights[row / 4u + k], shared_row[k]);
    second += dot(weights[row / 4u + count + k], shared_row[count + k]);
  }
  return first + second;
}

// Any width: an odd one has its last column in the second half.
fn half_sums(row : u32) -> f32 {
  let count = width() / 2u;
  var first = 0.0;
  var second = 0.0;
  for (var k = first_part(); k < count; k += part_count()) {
    let other = count + k;
    first += weight_entry(row + k) * shared_row[k / 4u][k % 4u];
    second += weight_entry(row + other) * shared_row[other / 4u][other % 4u];
  }
  let last = width() - 1u;
  if (width() % 2u == 1u && first_part() == 0u) {
    second += weight_entry(row + last) * shared_row[last / 4u][last % 4u];
  }
  return first + second;
}

fn multiply(matrix : u32, product : u32) {
  share_row();
  let column = localIndex % columns_across();
  var sum = 0.0;
  if (column < width()) {
    let row = matrix + column * lead();
    if (width() % 8u == 0u) { sum = half_sums_of_fours(row); } else { sum = half_sums(row); }
  }
  gather_parts(sum);
}
