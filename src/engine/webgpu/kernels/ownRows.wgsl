// What a workgroup knows of all its rows: one exponent for them, kept with each.

// v, the matrix that moves through the layer: 2^e * v.
var<private> v : array<vec4<f32>, CELLS>;
var<private> e : i32;
// Z of the layer, backward.
var<private> z : array<vec4<f32>, CELLS>;

fn load(base : u32, exponent : i32) {
  for (var c = 0u; c < CELLS; c++) { v[c] = load_cell(base, c); }
  e = exponent;
}

fn store(base : u32) {
  for (var c = 0u; c < CELLS; c++) { store_cell(base, c, v[c]); }
}

fn scale_by(factor : f32) {
  for (var c = 0u; c < CELLS; c++) { v[c] *= factor; }
}

// Puts an entry into the meta data of each own row.
fn store_row_meta(layer : u32, entry : u32, value : f32) {
  for (var row = rows_begin() + localIndex; row < rows_end(); row += 256u) {
    result[row_meta_of(layer, row) + entry] = value;
  }
}

fn load_row_exponent(layer : u32, entry : u32) -> i32 {
  return i32(result[row_meta_of(layer, rows_begin()) + entry]);
}

// The sum of squares of all own rows stands with the first of them.
fn store_squares(layer : u32, entry : u32, squares : f32) {
  for (var row = rows_begin() + localIndex; row < rows_end(); row += 256u) {
    result[row_meta_of(layer, row) + entry] = select(0.0, squares, row == rows_begin());
  }
}

// Exponents of the gradient (0), the skipped gradient (1) and the gradient kept between dispatches (2).
fn store_side_exponent(which : u32) {
  for (var row = rows_begin() + localIndex; row < rows_end(); row += 256u) {
    result[side_exponent_at(row, which)] = f32(e);
  }
}
fn load_side_exponent(which : u32) -> i32 {
  return i32(result[side_exponent_at(rows_begin(), which)]);
}

// Squares of entries under 1e-15 are summed on a scale of their own, on which they do not underflow.
const MAGNIFIER : i32 = 50;
const SMALL_MEAN_SQUARE : f32 = 1.0e-30;

// Moves the power of two of its rms from v to e; the sum of squares that is left.
fn settle() -> f32 {
  var squares = vec2<f32>(0.0);
  for (var c = 0u; c < CELLS; c++) {
    let magnified = min(abs(v[c]), vec4<f32>(1.0)) * power_of_two(MAGNIFIER);
    squares += vec2<f32>(dot(v[c], v[c]), dot(magnified, magnified));
  }
  let count = f32((rows_end() - rows_begin()) * width());
  let mean = sum_all(squares) / count;
  let is_small = mean.x < SMALL_MEAN_SQUARE;
  let exponent = root_exponent(select(mean.x, mean.y, is_small));
  if (exponent == ZERO_EXPONENT) {
    e = ZERO_EXPONENT;
    return 0.0;
  }
  let shift = exponent - select(0, MAGNIFIER, is_small);
  scale_by(power_of_two(-shift));
  e += shift;
  let factor = power_of_two(-exponent);
  return select(mean.x, mean.y, is_small) * factor * factor * count;
}

// Factors that bring 2^e v and a matrix of another exponent onto the larger of both, which e becomes.
fn meet_exponent(other : i32) -> vec2<f32> {
  let larger = max(e, other);
  let factors = vec2<f32>(power_of_two(e - larger), power_of_two(other - larger));
  e = larger;
  return factors;
}
