import { type ReactNode, useId, useMemo, useState } from 'react'
import { formatNumber } from '../base/formatLog10.ts'
import type { ActivationConstants } from '../engine/protocol.ts'
import { normalPdf } from '../math/special.ts'
import { activations } from '../model/activations.ts'
import type { NetworkConfig } from '../model/config.ts'
import { type Constant, constantGroups, rootWords, shownConstant } from './parts/constants.ts'
import { type Domain, domainOf } from './parts/domain.ts'
import { Frame } from './parts/Frame.tsx'
import { pathOf, type Plane, planeOf, type Point } from './parts/plane.ts'
import { PlaneAxes } from './parts/PlaneAxes.tsx'
import type { TableData } from './parts/Table.tsx'

export interface ActivationCardProps {
  readonly title: string
  readonly reading: string
  readonly width: number
  readonly height: number
  /** The settings that the constants belong to. */
  readonly config: NetworkConfig
  /** null: not known yet. */
  readonly constants: ActivationConstants | null
  readonly message?: string | undefined
  readonly actions?: ReactNode
}

/** Standard deviations to either side that are drawn. */
const REACH = 4
const PANELS = 160
/** Less than a pixel. */
const CLOSE_BY = 1e-6
const RANGE: Domain = [-REACH, REACH]
/** The weight reaches this share of the height. */
const WEIGHT_SHARE = 0.4
/** Curves lower than this altogether are drawn as flat. */
const LEAST_SPAN = 1
/** Narrower than this, the numbers stand below the drawing. */
const TWO_COLUMNS = 400

/** The activation as the first layer has it, over its argument. */
interface Curves {
  readonly z: Float64Array
  readonly f: Float64Array
  readonly slope: Float64Array
  readonly weight: Float64Array
}

/** Evenly across the range, and close by every kink, where a slope jumps. */
function placesOf({ act, gain }: NetworkConfig): Float64Array {
  const even = Array.from({ length: PANELS + 1 }, (_, i) => REACH * ((2 * i) / PANELS - 1))
  const kinks = activations[act].kinks
    .map((kink) => kink / gain)
    .filter((z) => Math.abs(z) < REACH)
    .flatMap((z) => [z - CLOSE_BY, z + CLOSE_BY])
  return Float64Array.from([...even, ...kinks]).sort()
}

function curvesOf(config: NetworkConfig, { a, b }: ActivationConstants): Curves {
  const { phi, dphi } = activations[config.act]
  const { gain, slope } = config
  const z = placesOf(config)
  return {
    z,
    f: z.map((u) => a * phi(gain * u, slope) + b),
    slope: z.map((u) => a * gain * dphi(gain * u, slope)),
    weight: z.map(normalPdf),
  }
}

function tableOf({ z, f, slope, weight }: Curves): TableData {
  const columns = [
    { label: 'activation', values: f },
    { label: 'slope', values: slope },
    { label: 'normal weight', values: weight },
  ]
  return { rowName: 'z', layers: z, columns }
}

const pointsOf = (xs: Float64Array, ys: Float64Array): readonly Point[] =>
  Array.from(xs, (x, i) => [x, ys[i]!])

/** The weight of the standard normal law as a hill on the floor of the drawing. */
function hillOf(plane: Plane, { z, weight }: Curves): string {
  const [low, high] = plane.y.domain() as [number, number]
  const unit = (WEIGHT_SHARE * (high - low)) / normalPdf(0)
  const hill = pointsOf(
    z,
    weight.map((w) => low + unit * w),
  )
  return pathOf(plane, [[-REACH, low], ...hill, [REACH, low]])
}

/** An activation and its slope over the standard normal weight, with the constants that decide how signals grow. */
export function ActivationCard(props: ActivationCardProps) {
  const { title, reading, config, constants, message, actions, width, height } = props
  const curves = useMemo(
    () => (constants ? curvesOf(config, constants) : null),
    [config, constants],
  )
  const isWide = width >= TWO_COLUMNS
  const drawing = isWide ? Math.floor(width * 0.45) : width
  return (
    <Frame
      title={title}
      reading={reading}
      actions={actions}
      cursor={0}
      message={message ?? (constants ? undefined : 'Computing…')}
      table={curves ? () => tableOf(curves) : undefined}
      legend={<CardLegend config={config} />}
    >
      {curves && constants && (
        <div className="chart-body">
          <Drawing
            curves={curves}
            width={drawing}
            height={height}
            label={spoken(title, config, constants)}
          />
          <Constants
            constants={constants}
            norm={config.norm}
            isNormalized={config.gpn === 1}
            width={isWide ? width - drawing : width}
          />
        </div>
      )}
    </Frame>
  )
}

interface DrawingProps {
  readonly curves: Curves
  readonly width: number
  readonly height: number
  readonly label: string
}

function Drawing({ curves, width, height, label }: DrawingProps) {
  const ys = domainOf([curves.f, curves.slope, [0]], LEAST_SPAN)
  const plane = planeOf({ width, height, xs: RANGE, ys })
  const zero = plane.y(0)
  return (
    <svg className="still" width={width} height={height} role="img" aria-label={label}>
      <path className="weight" d={hillOf(plane, curves)} />
      <PlaneAxes plane={plane} name="z, what enters" />
      <line className="axis-line" x1={plane.left} x2={plane.right} y1={zero} y2={zero} />
      <g className="trace backward">
        <path d={pathOf(plane, pointsOf(curves.z, curves.slope))} />
      </g>
      <g className="trace forward">
        <path d={pathOf(plane, pointsOf(curves.z, curves.f))} />
      </g>
    </svg>
  )
}

const marks = [
  ['forward', 'activation φ'],
  ['backward', 'slope φ′'],
] as const

function CardLegend({ config }: { readonly config: NetworkConfig }) {
  const { act, gain, gpn } = config
  const argument = gain === 1 ? 'z' : `${formatNumber(gain, 4)} z`
  const law = gpn === 1 ? `a φ(${argument}) + b` : `φ(${argument})`
  return (
    <p className="legend">
      <span>
        {activations[act].label}, {law}
      </span>
      {marks.map(([className, label]) => (
        <span key={className} className={`legend-mark trace ${className}`}>
          <svg width="18" height="8" aria-hidden="true">
            <path d="M1,4H17" />
          </svg>
          {label}
        </span>
      ))}
      <span className="legend-mark">
        <svg width="18" height="10" aria-hidden="true">
          <path className="weight" d="M1,10C6,10 6,1 9,1S12,10 17,10Z" />
        </svg>
        weight
      </span>
    </p>
  )
}

interface ConstantsProps {
  readonly constants: ActivationConstants
  readonly norm: NetworkConfig['norm']
  readonly isNormalized: boolean
  readonly width: number
}

const ASK = 'Press a number for its formula and its source.'

/** The numbers, in groups; the one that was pressed is explained. */
function Constants({ constants, norm, isNormalized, width }: ConstantsProps) {
  const [chosen, setChosen] = useState<Constant | null>(null)
  const meaningId = useId()
  return (
    <div className="constants" style={{ width }}>
      {constantGroups.map(({ title, constants: group }) => (
        <div key={title} role="group" aria-label={title}>
          <h3>{title}</h3>
          <div className="constant-row">
            {group.map((constant) => (
              <button
                key={constant.id}
                type="button"
                className={constant.id === norm ? 'constant current' : 'constant'}
                title={constant.meaning}
                aria-expanded={chosen?.id === constant.id}
                aria-controls={meaningId}
                onClick={() => {
                  setChosen(chosen?.id === constant.id ? null : constant)
                }}
              >
                {constant.symbol} <b>{shownConstant(constant, constants)}</b>
              </button>
            ))}
          </div>
          {group.some(({ id }) => id === 'upper') && (
            <p className="aside-note">{rootWords(constants, isNormalized)}</p>
          )}
        </div>
      ))}
      <p className="constant-meaning" id={meaningId} aria-live="polite">
        {chosen?.meaning ?? ASK}
      </p>
    </div>
  )
}

/** The card in words, for those who cannot see it. */
function spoken(title: string, config: NetworkConfig, constants: ActivationConstants): string {
  const { m1, m2, d2 } = constants
  const moments = [m1, m2, d2].map((value) => formatNumber(value, 4))
  const [mean, square, slope] = moments as [string, string, string]
  const { label } = activations[config.act]
  return `${title}: ${label} at gain ${config.gain}. Mean ${mean}, mean square ${square}, mean squared slope ${slope}.`
}
