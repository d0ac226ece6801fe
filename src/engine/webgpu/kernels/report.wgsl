// Packs what a layer has to say, forward, into one row of the report: one workgroup a layer.
// Bindings: result = report [row][REPORT], arena.

const REPORT : u32 = 16u;

// Sum of squares over the rows, in units of 4^exponent, and that exponent.
fn combined(layer : u32, exponent_entry : u32, squares_entry : u32) -> vec2<f32> {
  var most = f32(ZERO_EXPONENT);
  for (var row = localIndex; row < samples(); row += 256u) {
    most = max(most, arena[row_meta_of(layer, row) + exponent_entry]);
  }
  let top = max_all(vec2<f32>(most)).x;
  var squares = 0.0;
  for (var row = localIndex; row < samples(); row += 256u) {
    let entries_at = row_meta_of(layer, row);
    squares += arena[entries_at + squares_entry] * power_of_two(2 * i32(arena[entries_at + exponent_entry] - top));
  }
  return vec2<f32>(sum_all(vec2<f32>(squares, 0.0)).x, top);
}

fn write(place : u32, value : vec2<f32>) {
  if (localIndex != 0u) { return; }
  let at = (uniforms.measure.w + workgroupId.x) * REPORT + place;
  result[at] = value.x;
  result[at + 1u] = value.y;
}

fn write_cosines() {
  var cosines = vec2<f32>(0.0);
  var counts = vec2<f32>(0.0);
  var ends = vec2<f32>(-2.0);
  for (var tile = localIndex; tile < tile_count(); tile += 256u) {
    let at = gram_partial(workgroupId.x, tile);
    cosines += vec2<f32>(arena[at], arena[at + 1u]);
    ends = max(ends, vec2<f32>(arena[at + 2u], arena[at + 3u]));
    counts += vec2<f32>(arena[at + 4u], arena[at + 5u]);
  }
  write(4u, sum_all(cosines));
  write(6u, max_all(ends));
  write(8u, sum_all(counts));
}

fn write_spread() {
  var spread = vec2<f32>(0.0);
  var signs = vec2<f32>(0.0);
  for (var block = localIndex; block < column_blocks(); block += 256u) {
    let at = column_partial(workgroupId.x, block);
    spread += vec2<f32>(arena[at], arena[at + 1u]);
    signs += vec2<f32>(arena[at + 2u], arena[at + 3u]);
  }
  write(12u, sum_all(spread));
  write(14u, sum_all(signs));
}

fn report() {
  let layer = uniforms.measure.z + workgroupId.x;
  write(0u, combined(layer, X_EXPONENT, X_SQUARES));
  write(2u, combined(layer, H_EXPONENT, H_SQUARES));
  write_cosines();
  let at = partials_of(workgroupId.x);
  // More rows than columns: singular whatever they are, and not orthogonalized.
  write(10u, select(vec2<f32>(0.0), vec2<f32>(arena[at], arena[at + 1u]), samples() <= width()));
  write_spread();
}
