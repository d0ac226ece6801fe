// Layers span.y, span.y - 1, ..., span.x + 1 backward, as far as the phases of span.z say.
// Bindings: result = arena, weights, gains [layer] (mantissa, exponent).

const ENTER : u32 = 1u;
const LINEAR_FIRST : u32 = 2u;
const ACT : u32 = 4u;
const KEEP : u32 = 8u;
const RESUME : u32 = 16u;
const NORM : u32 = 32u;
const LINEAR_LAST : u32 = 64u;
const LEAVE : u32 = 128u;

const GRADIENT : u32 = 0u;
const SKIPPED : u32 = 1u;
const KEPT : u32 = 2u;

// What v was, while v is used for something else.
var<private> aside : array<vec4<f32>, CELLS>;

fn runs(phase : u32) -> bool { return (uniforms.span.z & phase) != 0u; }

fn scale_branch(layer : u32) {
  if (!ends_block(layer)) { return; }
  scale_by(uniforms.coefficient.y);
  e += uniforms.exponent.y;
}

fn load_gradient() { load(gradient_at(), load_side_exponent(GRADIENT)); }

fn set_aside() {
  for (var c = 0u; c < CELLS; c++) { aside[c] = v[c]; }
}

fn take_back(exponent : i32) {
  for (var c = 0u; c < CELLS; c++) { v[c] = aside[c]; }
  e = exponent;
}

// The gradient of the linear map's output takes the place of Z, for the weight gradient.
fn store_linear_gradient(layer : u32) {
  store(z_of(layer));
  store_row_meta(layer, D_EXPONENT, f32(e));
}

fn apply_linear(layer : u32) {
  multiply(weight_of(layer), product_at());
  e += uniforms.exponent.w;
}

// alpha G S, what flows along the filtered branch of a block, kept until its first layer.
fn skip_block(layer : u32) {
  let exponent = e;
  set_aside();
  load_gradient();
  if (uniforms.mixing.x == FILTER_ORTHOGONAL) { multiply(filter_of(layer), filtered_at()); }
  scale_by(uniforms.coefficient.x);
  e += uniforms.exponent.x;
  store(skipped_at());
  store_side_exponent(SKIPPED);
  storageBarrier();
  take_back(exponent);
}

fn join_skipped() {
  let factors = meet_exponent(load_side_exponent(SKIPPED));
  for (var c = 0u; c < CELLS; c++) {
    v[c] = factors.x * v[c] + factors.y * load_cell(skipped_at(), c);
  }
}

fn keep_branch_gradient(layer : u32) {
  let exponent = e;
  set_aside();
  load_gradient();
  scale_branch(layer);
  store_linear_gradient(layer);
  take_back(exponent);
}

fn leave(layer : u32) {
  if (!linear_first()) { keep_branch_gradient(layer); }
  settle();
  if (ends_block(layer)) { skip_block(layer); }
  if (starts_block(layer)) { join_skipped(); }
  let squares = settle();
  store(gradient_at());
  store_side_exponent(GRADIENT);
  store_squares(layer, G_SQUARES, squares);
  store_row_meta(layer, G_EXPONENT, f32(e));
}

fn through_norm(layer : u32) {
  normalize_backward(layer);
  if (!linear_first()) { return; }
  settle();
  store_linear_gradient(layer);
}

fn load_z(layer : u32) {
  for (var c = 0u; c < CELLS; c++) { z[c] = load_cell(z_of(layer), c); }
}

fn keep() {
  settle();
  store(product_at());
  store_side_exponent(KEPT);
}

fn backward_layer(layer : u32) {
  load_z(layer);
  if (runs(ENTER)) { load_gradient(); }
  if (runs(LINEAR_FIRST)) { apply_linear(layer); }
  if (runs(ENTER)) { scale_branch(layer); }
  if (runs(ACT)) { activate_backward(layer, load_row_exponent(layer, Z_EXPONENT)); }
  if (runs(KEEP)) { keep(); }
  if (runs(RESUME)) { load(product_at(), load_side_exponent(KEPT)); }
  if (runs(NORM)) { through_norm(layer); }
  if (runs(LINEAR_LAST)) {
    if (!runs(NORM)) { e = load_row_exponent(layer, D_EXPONENT); }
    apply_linear(layer);
  }
  if (runs(LEAVE)) { leave(layer); }
}

// One workgroup takes the gradient of its rows through the layers.
fn backward() {
  for (var layer = uniforms.span.y; layer > uniforms.span.x; layer--) {
    backward_layer(layer);
    storageBarrier();
  }
}
