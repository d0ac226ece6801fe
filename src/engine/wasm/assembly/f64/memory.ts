// Entries of float64 and int32 arrays, and rows of matrices of `ld` entries each. Pointers are bytes.

// @ts-ignore: decorator
@inline
export function get(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
export function put(base: usize, i: i32, v: f64): void {
  store<f64>(base + (<usize>i << 3), v)
}

// @ts-ignore: decorator
@inline
export function getInt(base: usize, i: i32): i32 {
  return load<i32>(base + (<usize>i << 2))
}

// @ts-ignore: decorator
@inline
export function putInt(base: usize, i: i32, v: i32): void {
  store<i32>(base + (<usize>i << 2), v)
}

// @ts-ignore: decorator
@inline
export function row(base: usize, i: i32, ld: i32): usize {
  return base + ((<usize>i * <usize>ld) << 3)
}
