// The invocation's part of a bias, where its cell is four columns.

fn load_bias(layer : u32) -> vec4<f32> {
  if (own_column() >= lead()) { return vec4<f32>(0.0); }
  return weights[bias_of(layer) / 4u + localIndex];
}
