// Packs what a layer has to say, backward, into one row of the report: one workgroup a layer.
// Bindings: result = report [row][REPORT], arena.

const REPORT : u32 = 4u;

fn reportBackward() {
  let layer = uniforms.measure.z + workgroupId.x;
  var most = 2.0 * f32(ZERO_EXPONENT);
  for (var row = localIndex; row < samples(); row += 256u) {
    most = max(most, arena[row_meta_of(layer, row) + G_EXPONENT]);
  }
  let top = max_all(vec2<f32>(most)).x;
  var squares = vec2<f32>(0.0);
  for (var row = localIndex; row < samples(); row += 256u) {
    let entries_at = row_meta_of(layer, row);
    squares.x += arena[entries_at + G_SQUARES] * power_of_two(2 * i32(arena[entries_at + G_EXPONENT] - top));
  }
  let tiles = ((width() + 63u) / 64u) * ((width() + 63u) / 64u);
  let partials = uniforms.measure.y + workgroupId.x * (tiles + 1u);
  for (var tile = localIndex; tile < tiles; tile += 256u) { squares.y += arena[partials + 1u + tile]; }
  let total = sum_all(squares);
  if (localIndex != 0u) { return; }
  let at = (uniforms.measure.w + workgroupId.x) * REPORT;
  result[at] = total.x;
  result[at + 1u] = top;
  result[at + 2u] = total.y;
  result[at + 3u] = arena[partials];
}
