import { line } from 'd3-shape'
import type { PointerEvent } from 'react'
import { around } from './colours.ts'
import type { Cloud } from './procrustes.ts'

/** Where the cloud is looked at from, radians. */
export interface Gaze {
  readonly yaw: number
  readonly pitch: number
}

export interface PointCloudProps {
  readonly cloud: Cloud
  /** Largest distance from the origin that is to fit. */
  readonly reach: number
  readonly gaze: Gaze
  readonly side: number
  /** How the points are joined in their order. */
  readonly joined: 'closed' | 'open' | 'not'
  readonly label: string
  /** Which of ten digits each sample is, where they are digits: samples of one digit have one colour. */
  readonly digits?: Uint8Array | undefined
  /** The pointer moved by so many pixels while held down. */
  readonly onTurn: (dx: number, dy: number) => void
}

interface Spot {
  readonly sample: number
  readonly x: number
  readonly y: number
  /** Towards the eye, -1 ... 1. */
  readonly near: number
}

const MARGIN = 10
const MIN_RADIUS = 2.5
const DEPTH_RADIUS = 1.5

/** A point as seen from the gaze: across, up, and towards the eye. */
function seen({ yaw, pitch }: Gaze, [x, y, z]: readonly [number, number, number]) {
  const across = Math.cos(yaw) * x + Math.sin(yaw) * z
  const inward = Math.cos(yaw) * z - Math.sin(yaw) * x
  const up = Math.cos(pitch) * y - Math.sin(pitch) * inward
  return { across, up, near: Math.cos(pitch) * inward + Math.sin(pitch) * y }
}

function placeOf({ gaze, side, reach }: PointCloudProps) {
  const scale = (side / 2 - MARGIN) / reach
  return (point: readonly [number, number, number]) => {
    const { across, up, near } = seen(gaze, point)
    return { x: side / 2 + scale * across, y: side / 2 - scale * up, near: near / reach }
  }
}

/** A colour a digit, or a sample, around the wheel in their order. */
const colourOf = (sample: number, count: number, digits: Uint8Array | undefined) =>
  around(digits ? digits[sample]! / 10 : sample / count)

/** Points in space, turned by dragging. The circle is at distance 1, the cross are the axes. */
export function PointCloud(props: PointCloudProps) {
  const { cloud, side, reach, joined, label, digits, onTurn } = props
  const place = placeOf(props)
  const count = cloud.length / 3
  const spots: readonly Spot[] = Array.from({ length: count }, (_, sample) => ({
    sample,
    ...place([cloud[3 * sample]!, cloud[3 * sample + 1]!, cloud[3 * sample + 2]!]),
  }))
  const turn = ({ buttons, movementX, movementY }: PointerEvent) => {
    if (buttons === 1) onTurn(movementX, movementY)
  }
  return (
    <svg
      className="cloud"
      width={side}
      height={side}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={turn}
    >
      <circle className="sphere" cx={side / 2} cy={side / 2} r={(side / 2 - MARGIN) / reach} />
      {AXES.map((axis) => {
        const [from, to] = [place([-axis[0], -axis[1], -axis[2]]), place(axis)]
        return (
          <line key={String(axis)} className="zero" x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        )
      })}
      {joined !== 'not' && <Curve spots={spots} isClosed={joined === 'closed'} />}
      {spots
        .toSorted((p, q) => p.near - q.near)
        .map(({ sample, x, y, near }) => (
          <circle
            key={sample}
            cx={x}
            cy={y}
            r={MIN_RADIUS + DEPTH_RADIUS * (1 + near) * 0.5}
            fill={colourOf(sample, count, digits)}
          >
            <title>{`sample ${sample}${digits ? `: a ${digits[sample]}` : ''}`}</title>
          </circle>
        ))}
    </svg>
  )
}

const AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

function Curve({ spots, isClosed }: { spots: readonly Spot[]; isClosed: boolean }) {
  const path = line<Spot>(
    ({ x }) => x,
    ({ y }) => y,
  ).digits(1)(spots)
  return path === null ? null : <path className="joined" d={isClosed ? `${path}Z` : path} />
}
