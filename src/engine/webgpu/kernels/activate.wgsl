// Y = a phi(g Z) + b on any scale, and its slope. phi itself is generated (activations.ts).

// Beyond these powers of two an activation is its own asymptote to f32 precision: it is evaluated
// there, and what is left of the scale is carried outside.
const MAX_EXPONENT : i32 = 50;

const GROWS : u32 = 1u;
const VANISHES : u32 = 2u;
const SHIFTED : u32 = 4u;

fn has_trait(bit : u32) -> bool { return (uniforms.mixing.w & bit) != 0u; }

// Gain of a layer as mantissa and exponent.
fn gain_of(layer : u32) -> vec2<f32> {
  return vec2<f32>(gains[2u * layer], gains[2u * layer + 1u]);
}

fn activate(layer : u32) {
  let gain = gain_of(layer);
  let exponent = e + i32(gain.y);
  let inside = clamp(exponent, -MAX_EXPONENT, MAX_EXPONENT);
  let rest = exponent - inside;
  let is_carried = (rest > 0 && has_trait(GROWS)) || (rest < 0 && has_trait(VANISHES));
  let carried = select(0, max(rest, ZERO_EXPONENT), is_carried);
  e = select(carried, max(carried, 0), has_trait(SHIFTED));
  let scale = uniforms.coefficient.z * power_of_two(carried - e);
  let shift = uniforms.coefficient.w * power_of_two(-e);
  let factor = gain.x * power_of_two(inside);
  for (var c = 0u; c < CELLS; c++) {
    var y = vec4<f32>(0.0);
    for (var i = 0u; i < 4u; i++) { y[i] = activation(factor * v[c][i]); }
    v[c] = (scale * y + shift) * mask(c);
  }
}

// v *= a g phi'(g Z), Z standing in z with an exponent of its own.
fn activate_backward(layer : u32, z_exponent : i32) {
  let gain = gain_of(layer);
  let inside = clamp(z_exponent + i32(gain.y), -MAX_EXPONENT, MAX_EXPONENT);
  let factor = gain.x * power_of_two(inside);
  let scale = uniforms.coefficient.z * gain.x;
  for (var c = 0u; c < CELLS; c++) {
    var slope = vec4<f32>(0.0);
    for (var i = 0u; i < 4u; i++) { slope[i] = activation_slope(factor * z[c][i]); }
    v[c] *= scale * slope;
  }
  e += i32(gain.y);
}
