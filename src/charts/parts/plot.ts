import { type ScaleLinear, scaleLinear, scaleSymlog } from 'd3-scale'
import type { Domain } from './domain.ts'

/** How layers are spread across: evenly, or by the logarithm of 1 + layer, which has a place for the input. */
export type LayerSpread = 'linear' | 'log'

/** From a layer to a place across the drawing. */
export type LayerScale = ((layer: number) => number) & { invert(pixel: number): number }

/** Where things are in a drawing of layers (across) against values (up). */
export interface Plot {
  readonly depth: number
  readonly x: LayerScale
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
  /** Where the axis begins: at the input where it is absent. */
  readonly first?: 0 | 1
  readonly domain: Domain
  readonly spread?: LayerSpread | undefined
}

const MARGIN = { left: 48, right: 22, top: 10, bottom: 34 }

export function plotOf(options: PlotOptions): Plot {
  const { width, height, depth, first = 0, domain, spread = 'linear' } = options
  const left = MARGIN.left
  const right = Math.max(left + 20, width - MARGIN.right)
  const top = MARGIN.top
  const bottom = Math.max(top + 20, height - MARGIN.bottom)
  const layers = [first, Math.max(first + 1, depth)]
  const across = [left, right]
  const x = spread === 'log' ? scaleSymlog(layers, across) : scaleLinear(layers, across)
  const y = scaleLinear(domain, [bottom, top])
  return { depth, x, y, left, right, top, bottom }
}

/** The layer nearest to a place across the drawing. */
export function layerAt({ x, depth }: Plot, pixel: number): number {
  return Math.max(0, Math.min(depth, Math.round(x.invert(pixel))))
}

/** Pixels across that a row is drawn on. */
export const columnsOf = ({ left, right }: Plot): number => Math.ceil(right - left)

/** The first layer of each column of pixels, for a row of `count` entries. */
export function columnStart({ x, left }: Plot, count: number): (column: number) => number {
  return (column) => Math.min(count, Math.max(0, Math.ceil(x.invert(left + column))))
}
