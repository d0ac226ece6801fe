/** Handwritten digits: `count` images of SIDE x SIDE bytes, row-major, shuffled once for all. */
export interface DigitSet {
  readonly count: number
  readonly labels: Uint8Array
  readonly pixels: Uint8Array
}

export const SIDE = 28

/** Splits the bytes of the data file: count as uint16 (little endian), labels, pixels. */
export function parseDigits(bytes: Uint8Array): DigitSet {
  const count = bytes[0]! + 256 * bytes[1]!
  const expected = 2 + count * (1 + SIDE * SIDE)
  if (bytes.length !== expected)
    throw new Error(`parseDigits: the file must have ${expected} bytes, got ${bytes.length}`)
  return { count, labels: bytes.slice(2, 2 + count), pixels: bytes.slice(2 + count) }
}

/** Mean of the image over the rectangle [x0, x1] x [y0, y1] in pixel units, fractions of pixels counted. */
function areaMean(image: Uint8Array, [x0, x1]: Interval, [y0, y1]: Interval): number {
  let sum = 0
  for (let y = Math.floor(y0); y < Math.ceil(y1); y++) {
    const dy = Math.min(y + 1, y1) - Math.max(y, y0)
    for (let x = Math.floor(x0); x < Math.ceil(x1); x++) {
      sum += image[y * SIDE + x]! * dy * (Math.min(x + 1, x1) - Math.max(x, x0))
    }
  }
  return sum / ((x1 - x0) * (y1 - y0))
}

type Interval = readonly [number, number]

/** Rows and columns of the grid an image is averaged down to: near-square, at least `width` cells (up to 784). */
export function digitGrid(width: number): { readonly rows: number; readonly columns: number } {
  const rows = Math.min(SIDE, Math.ceil(Math.sqrt(width)))
  return { rows, columns: Math.min(SIDE, Math.ceil(width / rows)) }
}

/** Subtracts the mean and divides by the rms of the row as a whole; a constant image becomes zero. */
function whiten(grid: Float64Array, row: Float64Array): void {
  const mean = grid.reduce((sum, v) => sum + v, 0) / grid.length
  const rms = Math.sqrt(grid.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length)
  if (rms > 0) grid.forEach((v, i) => (row[i] = (v - mean) / rms))
}

/**
 * One image as a network input of `width` entries: averaged down to a near-square grid, of which the
 * first `width` cells are taken (the image itself at 784, zeros behind it beyond), whitened to mean 0 and
 * rms 1. Below 784 no entry is padding: one would sit exactly at the mean, where rounding decides its sign.
 */
export function resampleDigit(digits: DigitSet, index: number, width: number): Float64Array {
  const image = digits.pixels.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE)
  const { rows, columns } = digitGrid(width)
  const cells = Math.min(width, rows * columns)
  const grid = Float64Array.from({ length: cells }, (_, i) => {
    const cell = (k: number, parts: number): Interval => [
      (k * SIDE) / parts,
      ((k + 1) * SIDE) / parts,
    ]
    return areaMean(image, cell(i % columns, columns), cell(Math.floor(i / columns), rows))
  })
  const row = new Float64Array(width)
  whiten(grid, row)
  return row
}
