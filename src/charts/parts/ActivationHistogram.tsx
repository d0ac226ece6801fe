import { line } from 'd3-shape'
import { ticks } from 'd3-array'
import { formatCount, formatLog10 } from '../../base/formatLog10.ts'
import type { Histogram } from '../../engine/protocol.ts'
import { activations } from '../../model/activations.ts'
import { gainAt, type Network } from '../../model/network.ts'
import type { Tick } from './domain.ts'

const MARGIN = { side: 8, top: 10, bottom: 34 }
/** Beyond these powers of ten an activation is its own asymptote, and floats would overflow on the way. */
const MAX_LOG10 = 140
const SAMPLES = 48
/** The labels stand within this share of the range, so that they are not cut off. */
const LABELLED = 0.75

export interface ActivationHistogramProps {
  readonly histogram: Histogram
  readonly network: Network
  readonly layer: number
  readonly width: number
  readonly height: number
}

type Point = readonly [number, number]

/** A function over the histogram's range, both in -1 ... 1; nothing where it is zero throughout. */
function curveOf(log10Range: number, f: (z: number) => number): readonly Point[] {
  const range = 10 ** Math.max(-MAX_LOG10, Math.min(MAX_LOG10, log10Range))
  const places = Array.from({ length: 2 * SAMPLES + 1 }, (_, i) => i / SAMPLES - 1)
  const values = places.map((place) => f(place * range))
  const largest = Math.max(...values.map(Math.abs))
  if (!Number.isFinite(largest) || largest === 0) return []
  return places.map((place, i) => [place, values[i]! / largest])
}

/** Zero and a round number on either side on an axis from -10^log10Range to 10^log10Range; `value` in -1 ... 1. */
function rangeTicks(log10Range: number): readonly Tick[] {
  const zero = { value: 0, label: '0' }
  if (!Number.isFinite(log10Range)) return [zero]
  const power = Math.floor(log10Range)
  const end = 10 ** (log10Range - power)
  const round = ticks(0, LABELLED * end, 2).at(-1)!
  const label = formatLog10(Math.log10(round) + power, 2)
  const value = round / end
  return [{ value: -value, label: `−${label}` }, zero, { value, label }]
}

/** What enters the activation at a layer, as bars, with the activation and its slope behind. */
export function ActivationHistogram(props: ActivationHistogramProps) {
  const { histogram, network, layer, width, height } = props
  const { config, a, b } = network
  const { phi, dphi } = activations[config.act]
  const gain = gainAt(config, layer)
  const bottom = height - MARGIN.bottom
  const middle = (MARGIN.top + bottom) / 2
  const x = (place: number) => MARGIN.side + ((place + 1) / 2) * (width - 2 * MARGIN.side)
  const y = (value: number) => middle - value * (middle - MARGIN.top)
  const path = (f: (z: number) => number) =>
    line<Point>(
      ([place]) => x(place),
      ([, value]) => y(value),
    ).digits(1)(curveOf(histogram.log10Range, f)) ?? ''
  return (
    <svg className="upright" width={width} height={height} aria-hidden="true">
      <line className="zero" x1={x(-1)} x2={x(1)} y1={middle} y2={middle} />
      <path className="slope-curve" d={path((z) => a * gain * dphi(gain * z, config.slope))} />
      <path className="phi-curve" d={path((z) => a * phi(gain * z, config.slope) + b)} />
      <Bars shares={histogram.shares} x={x} top={MARGIN.top} bottom={bottom} />
      <line className="axis-line" x1={x(-1)} x2={x(1)} y1={bottom} y2={bottom} />
      <g className="axis">
        {rangeTicks(histogram.log10Range).map(({ value, label }) => (
          <text key={value} x={x(value)} y={bottom + 14} textAnchor="middle">
            {label}
          </text>
        ))}
      </g>
      <text className="axis-name" x={width / 2} y={bottom + 30} textAnchor="middle">
        layer {formatCount(layer)}
      </text>
    </svg>
  )
}

interface BarsProps {
  readonly shares: Float32Array
  readonly x: (place: number) => number
  readonly top: number
  readonly bottom: number
}

/** The tallest bar reaches the top. */
function Bars({ shares, x, top, bottom }: BarsProps) {
  const most = Math.max(...shares)
  const width = (x(1) - x(-1)) / shares.length
  return [...shares].map((share, bin) => {
    const height = most > 0 ? (share / most) * (bottom - top) : 0
    return height === 0 ? null : (
      <rect
        key={bin}
        className="forward"
        x={x(-1) + bin * width}
        y={bottom - height}
        width={width * 0.9}
        height={height}
      />
    )
  })
}
