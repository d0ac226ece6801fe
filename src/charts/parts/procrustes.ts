import { symmetricEigen } from '../../math/eigen.ts'

/** Coordinates in three dimensions, a row a point. */
export type Cloud = Float32Array

const SIDE = 3
/** A direction of less than this share of the largest one is noise and may lie anywhere. */
const NOISE = 1e-6

type Vector = readonly [number, number, number]

const dot = (p: Vector, q: Vector) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
const column = (matrix: Float64Array, k: number): Vector => [
  matrix[k]!,
  matrix[SIDE + k]!,
  matrix[2 * SIDE + k]!,
]

/** P^T T, [3, 3]. */
function crossOf(points: Cloud, target: Cloud): Float64Array {
  const cross = new Float64Array(SIDE * SIDE)
  for (let row = 0; row < points.length; row += SIDE)
    for (let i = 0; i < SIDE; i++)
      for (let j = 0; j < SIDE; j++) cross[SIDE * i + j]! += points[row + i]! * target[row + j]!
  return cross
}

/** M v. */
const times = (m: Float64Array, v: Vector): Vector => [
  dot([m[0]!, m[1]!, m[2]!], v),
  dot([m[3]!, m[4]!, m[5]!], v),
  dot([m[6]!, m[7]!, m[8]!], v),
]

/** What is left of a vector beside `basis`, at length 1; null where hardly anything is. */
function apart(vector: Vector, basis: readonly Vector[]): Vector | null {
  let rest = vector
  for (const b of basis) {
    const share = dot(rest, b)
    rest = [rest[0] - share * b[0], rest[1] - share * b[1], rest[2] - share * b[2]]
  }
  const [length, before] = [Math.sqrt(dot(rest, rest)), Math.sqrt(dot(vector, vector))]
  if (!(length > 0.1 * before)) return null
  return [rest[0] / length, rest[1] / length, rest[2] / length]
}

const AXES: readonly Vector[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** The first candidate that is not in the span of `basis`; there always is one among the axes. */
function next(candidates: readonly Vector[], basis: readonly Vector[]): Vector {
  for (const candidate of candidates) {
    const found = apart(candidate, basis)
    if (found) return found
  }
  throw new Error('next: three axes must span three dimensions')
}

/**
 * The orthogonal map R (a rotation, perhaps with a reflection), [3, 3] row-major, that brings points
 * nearest to a target in the sum of squares: P R against T. With P^T T = U S V^T it is U V^T (Schoenemann
 * 1966). Directions in which there is nothing to go by are left as they are as far as possible.
 */
export function rotationOnto(points: Cloud, target: Cloud): Float64Array {
  const cross = crossOf(points, target)
  const square = new Float64Array(SIDE * SIDE)
  for (let i = 0; i < SIDE; i++)
    for (let j = 0; j < SIDE; j++) square[SIDE * i + j] = dot(column(cross, i), column(cross, j))
  const { values, vectors } = symmetricEigen(square, SIDE)
  const least = NOISE ** 2 * Math.max(values[SIDE - 1]!, Number.MIN_VALUE)
  const left: Vector[] = []
  const rotation = new Float64Array(SIDE * SIDE)
  for (let k = SIDE - 1; k >= 0; k--) {
    const v = column(vectors, k)
    const image = values[k]! > least ? [times(cross, v)] : []
    const u = next([...image, v, ...AXES], left)
    left.push(u)
    for (let i = 0; i < SIDE; i++)
      for (let j = 0; j < SIDE; j++) rotation[SIDE * i + j]! += u[i]! * v[j]!
  }
  return rotation
}

function rotated(points: Cloud, rotation: Float64Array): Cloud {
  return points.map((_, at) => {
    const [row, j] = [at - (at % SIDE), at % SIDE]
    const [p, q, r] = [points[row]!, points[row + 1]!, points[row + 2]!]
    return p * rotation[j]! + q * rotation[SIDE + j]! + r * rotation[2 * SIDE + j]!
  })
}

/**
 * Points of a ring in their order, bent like a saddle so that it has no two sides that look the same: what
 * the first cloud is turned towards, so that the same network always looks the same.
 */
function ring(count: number): Cloud {
  const cloud = new Float32Array(SIDE * count)
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * i) / count
    cloud.set([Math.cos(angle), Math.sin(angle), Math.cos(2 * angle)], SIDE * i)
  }
  return cloud
}

/**
 * Principal components are determined only up to sign, and up to rotation where two weigh the same: turns
 * each cloud to lie as near as possible to the one before, so that a sequence of them moves and does not flicker.
 */
export function aligned(clouds: readonly Cloud[]): readonly Cloud[] {
  const out: Cloud[] = []
  for (const cloud of clouds) {
    const before = out.at(-1) ?? ring(cloud.length / SIDE)
    out.push(rotated(cloud, rotationOnto(cloud, before)))
  }
  return out
}
