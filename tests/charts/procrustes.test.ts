import { describe, expect, it } from 'vitest'
import { aligned, rotationOnto } from '../../src/charts/parts/procrustes.ts'
import { fillNormals } from '../../src/math/random.ts'
import { ALIGNED } from '../tolerances.ts'

const POINTS = 20

function cloudOf(seed: number): Float32Array {
  const values = new Float64Array(3 * POINTS)
  fillNormals(values, { seed, role: 0, layer: 0 })
  return Float32Array.from(values)
}

/** About an axis, and mirrored where asked. */
function turned(cloud: Float32Array, angle: number, mirror: 1 | -1): Float32Array {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const out = new Float32Array(cloud.length)
  for (let at = 0; at < cloud.length; at += 3) {
    const [x, y, z] = [cloud[at]!, cloud[at + 1]!, cloud[at + 2]!]
    out.set([c * x - s * y, s * x + c * y, mirror * z], at)
  }
  return out
}

function distance(p: Float32Array, q: Float32Array): number {
  return Math.max(...p.map((value, i) => Math.abs(value - q[i]!)))
}

/** Largest entry of R^T R - 1. */
function defect(r: Float64Array): number {
  const entries = Array.from({ length: 9 }, (_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3]
    const dot = [0, 3, 6].reduce((sum, row) => sum + r[row + i]! * r[row + j]!, 0)
    return Math.abs(dot - (i === j ? 1 : 0))
  })
  return Math.max(...entries)
}

describe('rotationOnto(points, target)', () => {
  it.each([1, -1] as const)('undoes a rotation, mirrored (%i) or not', (mirror) => {
    const cloud = cloudOf(1)
    const moved = turned(cloud, 2, mirror)
    const [first, second] = aligned([cloud, moved])
    expect(distance(second!, first!)).toBeLessThan(ALIGNED)
  })

  it('stays orthogonal for points on a line, at one place, or all zero', () => {
    const line = cloudOf(2).map((value, at) => (at % 3 === 0 ? value : 0))
    const place = cloudOf(2).map((_, at) => [1, 2, 3][at % 3]!)
    const zero = new Float32Array(3 * POINTS)
    for (const points of [line, place, zero])
      for (const target of [cloudOf(3), line, zero])
        expect(defect(rotationOnto(points, target))).toBeLessThan(ALIGNED)
  })

  it('comes nearer than the clouds were', () => {
    const [points, target] = [cloudOf(4), cloudOf(5)]
    const [first, second] = aligned([target, points])
    const squares = (p: Float32Array, q: Float32Array) =>
      p.reduce((sum, value, i) => sum + (value - q[i]!) ** 2, 0)
    expect(squares(second!, first!)).toBeLessThan(squares(points, first!))
  })
})

describe('aligned(clouds)', () => {
  it('does not flicker: components that change sign or place with weight stay where they were', () => {
    const cloud = cloudOf(6)
    const flipped = cloud.map((value, at) => (at % 3 === 1 ? -value : value))
    const swapped = cloud.map((_, at) => cloud[at + (at % 3 === 0 ? 1 : at % 3 === 1 ? -1 : 0)]!)
    const frames = aligned([cloud, flipped, swapped, cloud])
    for (const frame of frames) expect(distance(frame, frames[0]!)).toBeLessThan(ALIGNED)
  })

  it('shows the same cloud the same way, however its components came', () => {
    const cloud = cloudOf(7)
    const [mine] = aligned([cloud])
    const [theirs] = aligned([turned(cloud, 1, -1)])
    expect(distance(mine!, theirs!)).toBeLessThan(ALIGNED)
  })

  it('is nothing for nothing', () => {
    expect(aligned([])).toEqual([])
  })
})
