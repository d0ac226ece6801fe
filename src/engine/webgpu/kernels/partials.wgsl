// Partial statistics of a layer while they are on the device, and what is being measured:
// uniforms.measure = (scratch, partials, first layer, first row of the report).
// A layer has 4 floats of orthogonalize.wgsl, 8 a tile of gram.wgsl, 4 a column block of spread.wgsl.

const GRAM_TILE : u32 = 16u;
const COLUMN_BLOCK : u32 = 32u;

fn tiles_across() -> u32 { return (samples() + GRAM_TILE - 1u) / GRAM_TILE; }
fn tile_count() -> u32 { return tiles_across() * (tiles_across() + 1u) / 2u; }
fn column_blocks() -> u32 { return (width() + COLUMN_BLOCK - 1u) / COLUMN_BLOCK; }

fn partials_of(place : u32) -> u32 {
  return uniforms.measure.y + place * (4u + 8u * tile_count() + 4u * column_blocks());
}
fn gram_partial(place : u32, tile : u32) -> u32 { return partials_of(place) + 4u + 8u * tile; }
fn column_partial(place : u32, block : u32) -> u32 {
  return partials_of(place) + 4u + 8u * tile_count() + 4u * block;
}
