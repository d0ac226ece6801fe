// The generator's words as they are: pair i of the stream (draw.x, draw.y) at layer draw.z.
// Bindings: result = words (i32, the bits of u32).

fn words() {
  let pair = workgroupId.x * 256u + localIndex;
  if (2u * pair + 1u >= arrayLength(&result)) { return; }
  let both = words_of(uniforms.draw.xy, pair, uniforms.draw.z);
  result[2u * pair] = bitcast<i32>(both.x);
  result[2u * pair + 1u] = bitcast<i32>(both.y);
}
