// v = v W for one row; weights is an array of f32.

fn multiply(matrix : u32, product : u32) {
  share_row();
  let column = localIndex % columns_across();
  var sum = 0.0;
  if (column < width()) {
    for (var k = first_part(); k < lead() / 4u; k += part_count()) {
      let d = shared_row[k];
      let at = matrix + 4u * k * lead() + column;
      sum += d.x * weights[at] + d.y * weights[at + lead()];
      sum += d.z * weights[at + 2u * lead()] + d.w * weights[at + 3u * lead()];
    }
  }
  gather_parts(sum);
}
