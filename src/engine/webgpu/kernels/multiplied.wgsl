// v = the product that product.wgsl has left in the arena.

fn multiply(matrix : u32, product : u32) {
  v[0] = load_cell(product, 0u) * mask(0u);
}

fn load_bias(layer : u32) -> vec4<f32> {
  if (own_column() >= lead()) { return vec4<f32>(0.0); }
  return weights[bias_of(layer) / 4u + localIndex];
}
