import type { LayerPicture } from '../../engine/protocol.ts'

/**
 * The curve through the samples in their order, each divided by its length, so that it lies on the unit
 * sphere and all follows from cosines. `isClosed`: the last sample is joined to the first.
 */
export interface SampleCurve extends Pick<LayerPicture, 'samples' | 'cosines'> {
  readonly isClosed: boolean
}

const cosineOf = ({ samples, cosines }: SampleCurve, a: number, b: number): number =>
  cosines[(a % samples) * samples + (b % samples)]!

const angle = (cosine: number) => Math.acos(Math.max(-1, Math.min(1, cosine)))

const turns = (radians: number) => radians / (2 * Math.PI)

/** Length as an angle at the origin: 1 = once around a great circle. */
export function lengthOf(curve: SampleCurve): number {
  const steps = curve.samples - (curve.isClosed ? 0 : 1)
  let length = 0
  for (let a = 0; a < steps; a++) length += angle(cosineOf(curve, a, a + 1))
  return turns(length)
}

/**
 * Total curvature: how far the direction of travel turns altogether, 1 for a circle, more for anything
 * that winds (Fenchel). The step from a to b has squared length 2 - 2 cos(a, b).
 * Source: Poole et al. 2016, arXiv:1606.05340, section 3, for the curvature of the image of a circle.
 */
export function curvatureOf(curve: SampleCurve): number {
  const corners = curve.samples - (curve.isClosed ? 0 : 2)
  let bend = 0
  for (let a = 0; a < corners; a++) bend += turnAt(curve, a)
  return turns(bend)
}

/** The angle between the steps a -> a+1 and a+1 -> a+2; none where one of them has no length. */
function turnAt(curve: SampleCurve, a: number): number {
  const [ab, bc, ac] = [
    cosineOf(curve, a, a + 1),
    cosineOf(curve, a + 1, a + 2),
    cosineOf(curve, a, a + 2),
  ]
  const lengths = Math.sqrt(2 - 2 * ab) * Math.sqrt(2 - 2 * bc)
  return lengths > 0 ? angle((ab + bc - ac - 1) / lengths) : 0
}

/** Mean cosine of samples so many steps apart: entries for 0 ... half of the curve. */
export function autocorrelationOf(curve: SampleCurve): Float64Array {
  const { samples, isClosed } = curve
  return Float64Array.from({ length: Math.floor(samples / 2) + 1 }, (_, shift) => {
    const pairs = isClosed ? samples : samples - shift
    let sum = 0
    for (let a = 0; a < pairs; a++) sum += cosineOf(curve, a, a + shift)
    return sum / pairs
  })
}
