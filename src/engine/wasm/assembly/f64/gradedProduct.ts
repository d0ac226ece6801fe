import { getInt, put, row } from './memory'
import { rowsTimes } from './products'
import { dot } from './vectors'

/** Norms of the rows of m, [ld, ld]. */
export function rowNorms(m: usize, ld: i32, out: usize): void {
  for (let i = 0; i < ld; i++) put(out, i, Math.sqrt(dot(row(m, i, ld), row(m, i, ld), ld)))
}

/** out = U P^T T, [rank, ld]; `permuted` is scratch for P^T T. Rows past the rank come out as zeros. */
export function absorb(
  u: usize,
  order: usize,
  t: usize,
  rank: i32,
  inner: i32,
  ld: i32,
  permuted: usize,
  out: usize,
): void {
  const stride = <usize>ld << 3
  for (let j = 0; j < inner; j++)
    memory.copy(permuted + <usize>j * stride, row(t, getInt(order, j), ld), stride)
  for (let i = 0; i < rank; i += 4) rowsTimes(row(u, i, ld), i, permuted, row(out, i, ld), inner, ld)
}
