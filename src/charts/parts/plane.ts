import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Domain } from './domain.ts'

/** Where things are in a drawing of one number against another. */
export interface Plane {
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface PlaneOptions {
  readonly width: number
  readonly height: number
  readonly xs: Domain
  readonly ys: Domain
}

const MARGIN = { left: 40, right: 10, top: 10, bottom: 34 }

export function planeOf({ width, height, xs, ys }: PlaneOptions): Plane {
  const [left, top] = [MARGIN.left, MARGIN.top]
  const right = Math.max(left + 20, width - MARGIN.right)
  const bottom = Math.max(top + 20, height - MARGIN.bottom)
  return {
    x: scaleLinear(xs, [left, right]),
    y: scaleLinear(ys, [bottom, top]),
    left,
    right,
    top,
    bottom,
  }
}

export type Point = readonly [number, number]

/** A curve through points, in the words of svg. */
export function pathOf({ x, y }: Plane, points: readonly Point[]): string {
  const path = line<Point>(
    (point) => x(point[0]),
    (point) => y(point[1]),
  )
  return path.digits(1)(points) ?? ''
}

/** A curve as far as its values are in a range, cut where it crosses the ends; a list for each part. */
export function partsWithin(
  points: readonly Point[],
  [low, high]: Domain,
): readonly (readonly Point[])[] {
  const parts: Point[][] = [[]]
  points.forEach((point, i) => {
    const before = points[i - 1]
    const ends = before ? crossings(before, point, [low, high]) : []
    const isInside = point[1] >= low && point[1] <= high
    parts.at(-1)!.push(...ends)
    if (isInside) parts.at(-1)!.push(point)
    else if (parts.at(-1)!.length > 0) parts.push([])
  })
  return parts.filter((part) => part.length > 1)
}

/** Where the line from one point to the next passes the ends of a range. */
function crossings([x0, y0]: Point, [x1, y1]: Point, ends: Domain): readonly Point[] {
  return ends
    .map((end): readonly [number, number] => [(end - y0) / (y1 - y0), end])
    .filter(([share]) => share > 0 && share < 1)
    .sort(([p], [q]) => p - q)
    .map(([share, end]) => [x0 + share * (x1 - x0), end])
}
