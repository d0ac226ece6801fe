// Where things lie in the arena and in the weights (layout.ts). Offsets count floats.
// A slot a layer, in a ring: ROW_META floats a row, column statistics, X, Z (later the gradient of the
// linear output), and the operand of W where that is not X of the layer before.

const ROW_META : u32 = 12u;
const X_EXPONENT : u32 = 0u;
const X_SQUARES : u32 = 1u;
const H_EXPONENT : u32 = 2u;
const H_SQUARES : u32 = 3u;
const Z_EXPONENT : u32 = 4u;
const ROW_MEAN : u32 = 5u;
const ROW_INVERSE : u32 = 6u;
const OPERAND_EXPONENT : u32 = 7u;
const D_EXPONENT : u32 = 8u;
// The gradient with respect to the input of the layer.
const G_EXPONENT : u32 = 9u;
const G_SQUARES : u32 = 10u;

const AXIS_NONE : u32 = 0u;
const AXIS_BATCH : u32 = 1u;
const AXIS_FEATURE : u32 = 2u;

const FILTER_ABSENT : u32 = 0u;
const FILTER_IDENTITY : u32 = 1u;
const FILTER_ORTHOGONAL : u32 = 2u;

fn samples() -> u32 { return uniforms.shape.x; }
fn width() -> u32 { return uniforms.shape.y; }
// Floats from one row to the next: the width, rounded up to whole vec4s.
fn lead() -> u32 { return uniforms.shape.z; }

fn slot_of(layer : u32) -> u32 {
  return uniforms.slot.x + (layer % uniforms.shape.w) * uniforms.slot.y;
}
fn x_of(layer : u32) -> u32 { return slot_of(layer) + uniforms.slot.z; }
fn z_of(layer : u32) -> u32 { return slot_of(layer) + uniforms.slot.w; }
// What W multiplies in the pre-activation order.
fn activated_of(layer : u32) -> u32 { return slot_of(layer) + uniforms.offsets.x; }
fn row_meta_of(layer : u32, row : u32) -> u32 {
  return slot_of(layer) + row * ROW_META;
}
// Column statistics, [lead] each: mean and 1 / sigma of H, means of d and d z, 1 / sigma where anything
// passes back; then the exponents of H and d.
fn column_meta_of(layer : u32) -> u32 { return slot_of(layer) + uniforms.offsets.y; }
fn column_exponents_of(layer : u32) -> u32 { return column_meta_of(layer) + 5u * lead(); }

// Current gradient [samples, lead], and the share of it that skips the block.
fn gradient_at() -> u32 { return uniforms.offsets.z; }
fn skipped_at() -> u32 { return uniforms.offsets.w; }
// Exponents of a row of the gradient (0), of the skipped share (1), of what is kept between dispatches (2).
fn side_exponent_at(row : u32, which : u32) -> u32 { return uniforms.buffers.x + 4u * row + which; }
// Products by W and by S before anything is done with them, [samples, lead] each.
fn product_at() -> u32 { return uniforms.buffers.y; }
fn filtered_at() -> u32 { return uniforms.buffers.z; }

fn linear_first() -> bool { return uniforms.kind.w == 0u; }
fn branch() -> u32 { return uniforms.mixing.y; }
fn mixes() -> bool { return uniforms.mixing.x != FILTER_ABSENT; }
fn ends_block(layer : u32) -> bool { return mixes() && layer % branch() == 0u; }
fn starts_block(layer : u32) -> bool { return mixes() && (layer - 1u) % branch() == 0u; }
fn is_tied() -> bool { return uniforms.storage.w == 1u; }

// W of a layer, [lead, lead] with rows of `lead` floats; S of its block; its bias.
fn weight_of(layer : u32) -> u32 {
  return select(layer % uniforms.storage.x, 0u, is_tied()) * lead() * lead();
}
fn filter_of(layer : u32) -> u32 {
  let block = select((layer / branch()) % uniforms.storage.y, 0u, is_tied());
  return uniforms.storage.z + block * lead() * lead();
}
fn bias_of(layer : u32) -> u32 {
  return uniforms.buffers.w + select(layer % uniforms.storage.x, 0u, is_tied()) * lead();
}
