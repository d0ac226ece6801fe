import { gradedQr, roughLog2 } from './gradedQr'
import { get, put, row } from './memory'
import { combineRows, dot, subtractScaled } from './vectors'

const ORTHOGONAL: f64 = 1e-8
const MAX_SWEEPS: i32 = 40
const PROJECTION_BITS: f64 = 27

/**
 * log2 of the singular values of diag(2^exponents) T, unsorted, into `exponents`: see gradedSvd.ts.
 * `t`: [rank, ld] is not changed; `q`, `u`: [ld, ld] and `order` are scratch.
 * @returns how many there are
 */
export function gradedSvd(
  t: usize,
  rank: i32,
  ld: i32,
  exponents: usize,
  q: usize,
  u: usize,
  order: usize,
  scratch: usize,
): i32 {
  const found = gradedQr(t, rank, ld, exponents, q, u, order, scratch, 0)
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++)
    if (!rotateAll(u, found, ld, exponents, scratch)) break
  for (let i = 0; i < found; i++) {
    const r = row(u, i, ld)
    put(exponents, i, get(exponents, i) + 0.5 * Math.log2(dot(r, r, ld)))
  }
  return found
}

function rotateAll(rows: usize, count: i32, ld: i32, exponents: usize, squares: usize): bool {
  let rotated = false
  for (let i = 0; i < count; i++) put(squares, i, dot(row(rows, i, ld), row(rows, i, ld), ld))
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const g = dot(row(rows, i, ld), row(rows, j, ld), ld)
      if (g * g <= ORTHOGONAL * ORTHOGONAL * get(squares, i) * get(squares, j)) continue
      rotated = true
      rotate(rows, i, j, ld, g, exponents, squares)
    }
  }
  return rotated
}

function rotate(
  rows: usize,
  i: i32,
  j: i32,
  ld: i32,
  g: f64,
  exponents: usize,
  squares: usize,
): void {
  const a = get(squares, i)
  const b = get(squares, j)
  const bits = get(exponents, j) - get(exponents, i)
  const gap = bits + 0.5 * (roughLog2(b) - roughLog2(a))
  const x = row(rows, i, ld)
  const y = row(rows, j, ld)
  if (gap < -PROJECTION_BITS) {
    put(squares, j, subtractScaled(x, y, g / a, ld))
  } else if (gap > PROJECTION_BITS) {
    put(squares, i, subtractScaled(y, x, g / b, ld))
  } else {
    const ratio = Math.pow(2, bits)
    const zeta = (b * ratio - a / ratio) / (2 * g)
    const t = (zeta >= 0 ? 1.0 : -1.0) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
    const c = 1 / Math.sqrt(1 + t * t)
    combineRows(x, y, ld, c, -c * t * ratio, (c * t) / ratio)
    put(squares, i, a - g * t * ratio)
    put(squares, j, b + (g * t) / ratio)
    if (get(squares, i) < 0.1 * a) put(squares, i, dot(x, x, ld))
    if (get(squares, j) < 0.1 * b) put(squares, j, dot(y, y, ld))
  }
}
