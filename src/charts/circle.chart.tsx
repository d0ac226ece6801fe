import { useMemo, useState } from 'react'
import { formatCount, formatLog10, formatNumber, formatShare } from '../base/formatLog10.ts'
import type { LayerPicture } from '../engine/protocol.ts'
import type { Chart, ChartProps, Measured } from './chart.ts'
import { Autocorrelation } from './parts/Autocorrelation.tsx'
import { curvatureOf, lengthOf, type SampleCurve } from './parts/sampleCurve.ts'
import { Frame } from './parts/Frame.tsx'
import { nearest } from './parts/nearest.ts'
import { type Gaze, PointCloud } from './parts/PointCloud.tsx'
import { aligned, type Cloud } from './parts/procrustes.ts'

const FIRST_GAZE: Gaze = { yaw: 0.5, pitch: 0.35 }
const RADIANS_A_PIXEL = 0.01
const BUTTON_TURN = Math.PI / 6
/** The circle at distance 1 always fits. */
const MIN_REACH = 1.05

/** A layer with its points turned towards those of the layer before. */
interface Placed {
  readonly picture: LayerPicture
  readonly cloud: Cloud
}

function placedOf(pictures: readonly LayerPicture[]): readonly (Placed & { layer: number })[] {
  const clouds = aligned(pictures.map(({ projection }) => projection))
  return pictures.map((picture, i) => ({ layer: picture.layer, picture, cloud: clouds[i]! }))
}

/** Largest distance from the origin in any picture, so that nothing changes its scale while it moves. */
function reachOf(pictures: readonly LayerPicture[]): number {
  let reach = MIN_REACH
  for (const { projection } of pictures)
    for (let at = 0; at < projection.length; at += 3)
      reach = Math.max(reach, Math.hypot(...projection.subarray(at, at + 3)))
  return reach
}

const isCircle = ({ network }: Measured) => network.config.data === 'circle'
/** Only the first rows of a large batch are in the picture: they do not close. */
const isWhole = ({ network }: Measured, { samples }: LayerPicture) => samples === network.batch

function joinOf(measured: Measured, picture: LayerPicture): 'closed' | 'open' | 'not' {
  if (!isCircle(measured)) return 'not'
  return isWhole(measured, picture) ? 'closed' : 'open'
}

/** The image of the circle, where the inputs are one. */
function curveOf(measured: Measured, picture: LayerPicture): SampleCurve | undefined {
  const join = joinOf(measured, picture)
  return join === 'not' ? undefined : { ...picture, isClosed: join === 'closed' }
}

function wordsOf(measured: Measured, picture: LayerPicture): string {
  const { layer, componentShares } = picture
  const rms = formatLog10(measured.rows.log10_activation_rms[layer] ?? NaN)
  const shares = [...componentShares].map(formatShare).join(' + ')
  const curve = curveOf(measured, picture)
  const length = curve
    ? `, curve ${formatNumber(lengthOf(curve))} turns long, bent by ${formatNumber(curvatureOf(curve))} turns`
    : ''
  return `layer ${formatCount(layer)}: ${shares} of the variance, rms ${rms}${length}`
}

function tableOf(measured: Measured) {
  const { pictures, rows } = measured
  const share = (k: number) => pictures.map(({ componentShares }) => componentShares[k]!)
  const curves = pictures.flatMap((picture) => curveOf(measured, picture) ?? [])
  return {
    layers: pictures.map(({ layer }) => layer),
    columns: [
      { label: 'first share of variance', values: share(0) },
      { label: 'second', values: share(1) },
      { label: 'third', values: share(2) },
      {
        label: 'log10 activation rms',
        values: pictures.map(({ layer }) => rows.log10_activation_rms[layer] ?? NaN),
      },
      ...(isCircle(measured)
        ? [
            { label: 'length in turns', values: curves.map(lengthOf) },
            { label: 'curvature in turns', values: curves.map(curvatureOf) },
          ]
        : []),
    ],
  }
}

const NONE: Measured['pictures'] = []

function Circle(props: ChartProps) {
  const { measured, cursor } = props
  const [gaze, setGaze] = useState(FIRST_GAZE)
  const pictures = measured?.pictures ?? NONE
  const placed = useMemo(() => placedOf(pictures), [pictures])
  const at = nearest(placed, cursor)
  const turn = (yaw: number, pitch: number) => {
    setGaze((before) => ({ yaw: before.yaw + yaw, pitch: before.pitch + pitch }))
  }
  const words = measured && at ? wordsOf(measured, at.picture) : ''
  return (
    <Frame
      title={props.title}
      reading={props.reading}
      tools={
        <TurnButton
          onTurn={() => {
            turn(BUTTON_TURN, 0)
          }}
        />
      }
      actions={props.actions}
      cursor={cursor}
      message={props.message ?? (at ? undefined : 'No layer has been looked at yet.')}
      table={measured && at ? () => tableOf(measured) : undefined}
      legend={<p className="legend spectrum-words">{words}</p>}
    >
      {measured && at && <Inputs chart={props} {...{ measured, at, words, gaze, turn }} />}
    </Frame>
  )
}

interface InputsProps {
  readonly chart: ChartProps
  readonly measured: Measured
  readonly at: Placed
  readonly words: string
  readonly gaze: Gaze
  readonly turn: (yaw: number, pitch: number) => void
}

/** The samples in space; of a circle also how alike its images are. */
function Inputs({ chart, measured, at, words, gaze, turn }: InputsProps) {
  const { pictures } = measured
  const reach = useMemo(() => reachOf(pictures), [pictures])
  const curve = curveOf(measured, at.picture)
  const side = Math.min(chart.height, curve ? chart.width / 2 : chart.width)
  return (
    <div className="chart-body centred">
      <PointCloud
        cloud={at.cloud}
        reach={reach}
        gaze={gaze}
        side={side}
        joined={joinOf(measured, at.picture)}
        label={`${chart.title} ${words}.`}
        digits={measured.images?.labels}
        onTurn={(dx, dy) => {
          turn(dx * RADIANS_A_PIXEL, dy * RADIANS_A_PIXEL)
        }}
      />
      {curve && (
        <Autocorrelation curve={curve} around={measured.network.batch} width={side} height={side} />
      )}
    </div>
  )
}

function TurnButton({ onTurn }: { onTurn: () => void }) {
  return (
    <button type="button" className="chart-switch" onClick={onTurn}>
      Turn
    </button>
  )
}

export default {
  id: 'circle',
  title: 'Where the inputs lie',
  reading:
    'The batch on its three main directions at the cursor, size divided out: one point is collapse, a scattered cloud chaos, an unchanged shape isometry. Drag to turn.',
  order: 7,
  Component: Circle,
} satisfies Chart
