// v = v W^T for one row; weights is an array of vec4<f32>.

fn multiply(matrix : u32, product : u32) {
  share_row();
  let column = localIndex % columns_across();
  var sum = 0.0;
  if (column < width()) {
    let row = (matrix + column * lead()) / 4u;
    for (var k = first_part(); k < lead() / 4u; k += part_count()) {
      sum += dot(weights[row + k], shared_row[k]);
    }
  }
  gather_parts(sum);
}
