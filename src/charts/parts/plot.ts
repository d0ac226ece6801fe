import { type ScaleLinear, scaleLinear } from 'd3-scale'
import type { Domain } from './domain.ts'

/** Where things are in a drawing of layers (across) against values (up). */
export interface Plot {
  readonly depth: number
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface PlotOptions {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly domain: Domain
}

const MARGIN = { left: 48, right: 18, top: 10, bottom: 34 }

export function plotOf({ width, height, depth, domain }: PlotOptions): Plot {
  const left = MARGIN.left
  const right = Math.max(left + 20, width - MARGIN.right)
  const top = MARGIN.top
  const bottom = Math.max(top + 20, height - MARGIN.bottom)
  const x = scaleLinear([0, Math.max(1, depth)], [left, right])
  const y = scaleLinear(domain, [bottom, top])
  return { depth, x, y, left, right, top, bottom }
}

/** The layer nearest to a place across the drawing. */
export function layerAt({ x, depth }: Plot, pixel: number): number {
  return Math.max(0, Math.min(depth, Math.round(x.invert(pixel))))
}
