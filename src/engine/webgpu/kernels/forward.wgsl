// Layers span.x + 1 ... span.y forward, as far as the phases of span.z say.
// Bindings: result = arena, weights, gains [layer] (mantissa, exponent).

const LINEAR_FIRST : u32 = 1u;
const NORM_ACT : u32 = 2u;
const LINEAR_LAST : u32 = 4u;
const FINISH : u32 = 8u;

fn runs(phase : u32) -> bool { return (uniforms.span.z & phase) != 0u; }

// v = v W^T + b, or what the product kernel has left of it.
fn apply_linear(layer : u32) {
  multiply(weight_of(layer), product_at());
  e += uniforms.exponent.w;
  if (uniforms.mixing.z == 0u) { return; }
  let factors = meet_exponent(uniforms.exponent.z);
  let bias = load_bias(layer) * factors.y;
  for (var c = 0u; c < CELLS; c++) { v[c] = (v[c] * factors.x + bias) * mask(c); }
}

fn normalize_and_activate(layer : u32) {
  let squares = settle();
  store_squares(layer, H_SQUARES, squares);
  store_row_meta(layer, H_EXPONENT, f32(e));
  normalize(layer);
  store(z_of(layer));
  store_row_meta(layer, Z_EXPONENT, f32(e));
  activate(layer);
  if (linear_first()) { return; }
  settle();
  store(activated_of(layer));
  store_row_meta(layer, OPERAND_EXPONENT, f32(e));
}

var<private> y : array<vec4<f32>, CELLS>;

// v = alpha X S^T + beta Y, X the input of the block.
fn mix(layer : u32) {
  for (var c = 0u; c < CELLS; c++) { y[c] = v[c]; }
  let y_exponent = e + uniforms.exponent.y;
  let input = layer - branch();
  load(x_of(input), load_row_exponent(input, X_EXPONENT));
  if (uniforms.mixing.x == FILTER_ORTHOGONAL) { multiply(filter_of(layer), filtered_at()); }
  e += uniforms.exponent.x;
  let factors = meet_exponent(y_exponent) * uniforms.coefficient.xy;
  for (var c = 0u; c < CELLS; c++) { v[c] = factors.x * v[c] + factors.y * y[c]; }
}

fn finish(layer : u32) {
  if (ends_block(layer)) { mix(layer); }
  let squares = settle();
  store(x_of(layer));
  store_squares(layer, X_SQUARES, squares);
  store_row_meta(layer, X_EXPONENT, f32(e));
}

// One workgroup takes its rows through the layers; workgroups know nothing of each other.
fn forward() {
  let input = uniforms.span.x;
  if (runs(LINEAR_LAST) && !runs(NORM_ACT)) {
    e = load_row_exponent(input + 1u, OPERAND_EXPONENT);
  } else {
    load(x_of(input), load_row_exponent(input, X_EXPONENT));
  }
  for (var layer = input + 1u; layer <= uniforms.span.y; layer++) {
    if (runs(LINEAR_FIRST)) { apply_linear(layer); }
    if (runs(NORM_ACT)) { normalize_and_activate(layer); }
    if (runs(LINEAR_LAST)) { apply_linear(layer); }
    if (runs(FINISH)) { finish(layer); }
    storageBarrier();
  }
}
