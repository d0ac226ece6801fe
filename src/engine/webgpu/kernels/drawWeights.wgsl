// Entries of W that are independent of each other, and the biases. Each invocation draws one entry of
// [W; b], padding included. Bindings: result = weights.

fn weight_entry(row : u32, column : u32) -> f32 {
  if (row >= width() || column >= width() || law() == LAW_CLEARED) { return 0.0; }
  let key = vec2<u32>(seed(), ROLE_WEIGHT);
  let index = row * width() + column;
  if (law() == LAW_UNIFORM) { return uniforms.scalars.x * uniform_at(key, drawn_layer(), index); }
  return uniforms.scalars.x * normal_at(key, drawn_layer(), index);
}

fn bias_entry(column : u32) -> f32 {
  if (column >= width()) { return 0.0; }
  return uniforms.scalars.y * normal_at(vec2<u32>(seed(), ROLE_BIAS), drawn_layer(), column);
}

fn drawWeights() {
  let index = workgroupId.x * 256u + localIndex;
  let row = index / lead();
  let column = index % lead();
  if (row < lead()) { result[weight_of(drawn_layer()) + index] = weight_entry(row, column); }
  if (row == lead()) { result[bias_of(drawn_layer()) + column] = bias_entry(column); }
}
