// The invocation's part of a bias, where its cell is one column.

fn load_bias(layer : u32) -> vec4<f32> {
  let at = bias_of(layer) + min(own_column(), lead() - 1u);
  return vec4<f32>(weights[at / 4u][at % 4u]);
}
