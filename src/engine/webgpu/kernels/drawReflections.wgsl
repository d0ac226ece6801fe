// Householder vectors of Haar matrices (math/haar.ts): a workgroup turns the normals x_k of one matrix
// into u_k with H_k = I - u_k u_k^T, and its sign d_k. Bindings: result = [matrix][order + 1][lead], the
// signs in the last row.

fn order() -> u32 { return uniforms.draw.w; }
fn role() -> u32 { return select(ROLE_WEIGHT, ROLE_FILTER, law() == LAW_FILTER); }

fn drawReflections() {
  let k = workgroupId.x;
  let matrix = workgroupId.y * (order() + 1u) * lead();
  let first = k * order() - (k * (k + 1u)) / 2u + k;
  let key = vec2<u32>(seed(), role());
  var squares = 0.0;
  for (var column = localIndex; column < lead(); column += 256u) {
    var x = 0.0;
    if (column >= k && column < order()) { x = normal_at(key, drawn_layer(), first + column - k); }
    result[matrix + k * lead() + column] = x;
    squares += x * x;
  }
  let norm = sqrt(sum_all(vec2<f32>(squares, 0.0)).x);
  let head = normal_at(key, drawn_layer(), first);
  let sign_of_head = select(1.0, -1.0, head < 0.0);
  let is_last = k + 1u == order();
  let scale = select(1.0 / sqrt(norm * (norm + abs(head))), 0.0, is_last);
  for (var column = localIndex; column < lead(); column += 256u) {
    let at = matrix + k * lead() + column;
    result[at] = scale * (result[at] + select(0.0, sign_of_head * norm, column == k));
  }
  if (localIndex == 0u) {
    result[matrix + order() * lead() + k] = select(-sign_of_head, sign_of_head, is_last);
  }
}
