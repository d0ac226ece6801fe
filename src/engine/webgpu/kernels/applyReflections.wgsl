// Rows of Haar matrices: row r of Q = H_0 H_1 ... H_(n-2) diag(d) is e_r^T sent through the reflections in
// that order, so rows are independent. A workgroup takes 256 / lanes_a_row() rows; an invocation holds
// every lanes_a_row()-th entry of one. Bindings: result = weights, reflections [matrix][order + 1][lead].

var<workgroup> dots : array<array<f32, 256>, 2>;
var<private> entries : array<f32, 16>;
var<private> mirror : array<f32, 16>;

fn order() -> u32 { return uniforms.draw.w; }
fn lanes_a_row() -> u32 { return uniforms.span.w; }
fn own_row() -> u32 { return workgroupId.x * (256u / lanes_a_row()) + localIndex / lanes_a_row(); }
fn own_column(i : u32) -> u32 { return localIndex % lanes_a_row() + i * lanes_a_row(); }
fn entries_held() -> u32 { return (order() + lanes_a_row() - 1u) / lanes_a_row(); }

fn reflect(at : u32, side : u32) {
  var sum = 0.0;
  for (var i = 0u; i < entries_held(); i++) {
    mirror[i] = 0.0;
    if (own_column(i) < order()) { mirror[i] = reflections[at + own_column(i)]; }
    sum += entries[i] * mirror[i];
  }
  dots[side][localIndex] = sum;
  workgroupBarrier();
  let first = localIndex - localIndex % lanes_a_row();
  var total = 0.0;
  for (var lane = 0u; lane < lanes_a_row(); lane++) { total += dots[side][first + lane]; }
  for (var i = 0u; i < entries_held(); i++) { entries[i] -= total * mirror[i]; }
}

fn matrix_at() -> u32 {
  if (law() != LAW_FILTER) { return weight_of(drawn_layer()); }
  let block = select(drawn_layer() % uniforms.storage.y, 0u, is_tied());
  return uniforms.storage.z + block * lead() * lead();
}

fn write(row : u32, column : u32, value : f32) {
  if (row < lead() && column < lead()) { result[matrix_at() + row * lead() + column] = value; }
}

// Q itself, or [[Q, -Q], [-Q, Q]] from a block of half the width.
fn write_entry(row : u32, column : u32, value : f32) {
  if (law() != LAW_MIRRORED) {
    write(row, column, value);
    return;
  }
  if (row >= order() || column >= order()) { return; }
  write(row, column, value);
  write(row, column + order(), -value);
  write(row + order(), column, -value);
  write(row + order(), column + order(), value);
}

fn applyReflections() {
  let matrix = workgroupId.y * (order() + 1u) * lead();
  for (var i = 0u; i < 16u; i++) {
    entries[i] = select(0.0, 1.0, own_row() == own_column(i) && own_row() < order());
  }
  for (var k = 0u; k + 1u < order(); k++) { reflect(matrix + k * lead(), k % 2u); }
  for (var i = 0u; i < entries_held(); i++) {
    var value = 0.0;
    if (own_column(i) < order()) {
      value = entries[i] * reflections[matrix + order() * lead() + own_column(i)] * uniforms.scalars.x;
    }
    write_entry(own_row(), own_column(i), value);
  }
}
