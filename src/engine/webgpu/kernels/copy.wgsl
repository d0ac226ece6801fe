// Copies measure.z floats from source + measure.x to result + measure.y.

fn copy() {
  let stride = numWorkgroups.x * 256u;
  for (var i = workgroupId.x * 256u + localIndex; i < uniforms.measure.z; i += stride) {
    result[uniforms.measure.y + i] = source[uniforms.measure.x + i];
  }
}
