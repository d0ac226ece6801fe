// v = the product that product.wgsl has left in the arena.

fn multiply(matrix : u32, product : u32) {
  v[0] = load_cell(product, 0u) * mask(0u);
}
