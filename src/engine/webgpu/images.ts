import { type Layout, ROW_META, X_SQUARES } from './layout.ts'

/** Slot of a layer as uploaded: meta data, column statistics and X, exponents 0. `x` is [samples, width]. */
export function stateImage(x: Float32Array, layout: Layout): Float32Array {
  const image = new Float32Array(layout.z)
  spreadRows(image.subarray(layout.x), x, layout)
  for (let row = 0; row < layout.samples; row++)
    for (const value of x.subarray(row * layout.width, (row + 1) * layout.width))
      image[row * ROW_META + X_SQUARES]! += value * value
  return image
}

/** Side exponents and the gradient as uploaded, exponents 0. */
export function gradientImage(gradient: Float32Array, layout: Layout): Float32Array {
  const start = layout.gradient - layout.sideExponents
  const image = new Float32Array(start + layout.matrix)
  spreadRows(image.subarray(start), gradient, layout)
  return image
}

/** Rows of `width` to rows of `lead`, padded with zeros. */
function spreadRows(out: Float32Array, values: Float32Array, { width, lead }: Layout): void {
  for (let row = 0; row * width < values.length; row++)
    out.set(values.subarray(row * width, (row + 1) * width), row * lead)
}
