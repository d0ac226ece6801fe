// One row of at most 256 columns, shared by the workgroup: each column of a product is summed by as many
// invocations as there are to spare.

var<workgroup> shared_row : array<vec4<f32>, 64>;
var<workgroup> parts : array<f32, 256>;

// Columns side by side, a power of two; what is left of the workgroup splits the sums.
fn columns_across() -> u32 { return uniforms.span.w; }
fn first_part() -> u32 { return localIndex / columns_across(); }
fn part_count() -> u32 { return 256u / columns_across(); }

fn share_row() {
  if (localIndex < 64u) { shared_row[localIndex] = v[0]; }
  workgroupBarrier();
}

// v from the parts of its columns.
fn gather_parts(part : f32) {
  parts[localIndex] = part;
  workgroupBarrier();
  v[0] = vec4<f32>(0.0);
  if (own_column() >= lead()) { return; }
  for (var i = own_column(); i < 256u; i += columns_across()) {
    v[0] += vec4<f32>(parts[i], parts[i + 1u], parts[i + 2u], parts[i + 3u]);
  }
}
