import { line } from 'd3-shape'
import { useMemo } from 'react'
import { formatCount, formatNumber } from '../base/formatLog10.ts'
import type { LayerPicture } from '../engine/protocol.ts'
import { inputs } from '../model/inputs.ts'
import type { Chart, ChartProps } from './chart.ts'
import { LayerAxis, ValueAxis } from './parts/Axis.tsx'
import { CursorLine, useLayerPointer } from './parts/Cursor.tsx'
import { type DigitCosines, digitCosines } from './parts/digitCosines.ts'
import { DigitImages } from './parts/DigitImages.tsx'
import { type Domain, layerTicks, linearTicks } from './parts/domain.ts'
import { Frame } from './parts/Frame.tsx'
import { nearest } from './parts/nearest.ts'
import { type Plot, plotOf } from './parts/plot.ts'

const TICKS = 5
const MAX_SIDE = 190

/** The curves, what they are called and their colours. */
const curves = [
  { id: 'same', label: 'same digit', className: 'forward' },
  { id: 'different', label: 'different digits', className: 'forward minor' },
] as const

function domainOf({ same, different, ofClass }: DigitCosines): Domain {
  const isLow = [same, different, ...ofClass].some((row) => row.some((cosine) => cosine < -0.05))
  return [isLow ? -1.05 : -0.05, 1.05]
}

const layersOf = (pictures: readonly LayerPicture[]) => pictures.map(({ layer }) => layer)

interface CurveProps {
  readonly plot: Plot
  readonly layers: readonly number[]
  readonly values: Float64Array
  readonly className: string
}

/** A curve through the layers that were looked at. */
function Curve({ plot, layers, values, className }: CurveProps) {
  const path = line<number>()
    .defined((_, i) => !Number.isNaN(values[i]))
    .x((layer) => plot.x(layer))
    .y((_, i) => plot.y(values[i]!))
    .digits(1)([...layers])
  return <g className={className}>{path !== null && <path className="curve" d={path} />}</g>
}

/** Pixels between two digits written below each other. */
const LABEL_GAP = 9

/** Classes of two or more images, thin, with the digit at the end where there is room for it. */
function Classes({ plot, layers, cosines }: Pick<CurveProps, 'plot' | 'layers'> & Known) {
  const labelled: number[] = []
  return cosines.ofClass.map((values, digit) => {
    const last = values.at(-1) ?? NaN
    if (Number.isNaN(last)) return null
    const y = plot.y(last)
    const isFree = labelled.every((other) => Math.abs(other - y) >= LABEL_GAP)
    if (isFree) labelled.push(y)
    return (
      <g key={digit}>
        <Curve {...{ plot, layers, values }} className="line one-class" />
        {isFree && (
          <text className="ghost-number" x={plot.right + 3} y={y} dy="0.32em">
            {digit}
          </text>
        )}
      </g>
    )
  })
}

interface Known {
  readonly cosines: DigitCosines
}

const format = (cosine: number) => formatNumber(cosine, 3)

function wordsOf({ cosines }: Known, pictures: readonly LayerPicture[], at: number): string {
  const layer = formatCount(pictures[at]?.layer ?? 0)
  const parts = curves.map(({ id, label }) => `${label} ${format(cosines[id][at] ?? NaN)}`)
  return `layer ${layer}: mean cosine, ${parts.join(', ')}`
}

function tableOf(layers: readonly number[], { same, different, ofClass }: DigitCosines) {
  const columns = [
    { label: 'same digit', values: same },
    { label: 'different digits', values: different },
    ...ofClass.map((values, digit) => ({ label: `digit ${digit}`, values })),
  ]
  return { layers, columns: columns.filter(({ values }) => !values.every(Number.isNaN)) }
}

const NONE: readonly LayerPicture[] = []
const NOBODY = new Uint8Array(0)

function messageOf({ message, measured }: ChartProps): string | undefined {
  if (message !== undefined) return message
  if (!measured) return 'Nothing measured yet.'
  if (!measured.images) return 'No digits have been through yet.'
  return measured.pictures.length > 0 ? undefined : 'No layer has been looked at yet.'
}

function Digits(props: ChartProps) {
  const { measured, cursor, onCursor, height, title, scheme } = props
  const images = measured?.images
  // The run on show may still be one of other inputs.
  const pictures = images ? measured.pictures : NONE
  const labels = images?.labels ?? NOBODY
  const cosines = useMemo(() => digitCosines(pictures, labels), [pictures, labels])
  const layers = useMemo(() => layersOf(pictures), [pictures])
  const side = Math.min(MAX_SIDE, height - 40, Math.floor(props.width * 0.38))
  const [width, depth] = [props.width - side - 16, measured?.depth ?? 1]
  const plot = useMemo(
    () => plotOf({ width, height, depth, domain: domainOf(cosines) }),
    [width, height, depth, cosines],
  )
  const { hovered, handlers } = useLayerPointer(plot, onCursor)
  const at = pictures.indexOf(nearest(pictures, hovered ?? cursor)!)
  const words = wordsOf({ cosines }, pictures, at)
  return (
    <Frame
      title={title}
      reading={props.reading}
      actions={props.actions}
      cursor={cursor}
      message={messageOf(props)}
      table={images ? () => tableOf(layers, cosines) : undefined}
      legend={<DigitLegend words={words} />}
    >
      <div className="chart-body">
        <svg
          className="plot"
          width={width}
          height={height}
          role="img"
          aria-label={`${title} ${words}.`}
          {...handlers}
        >
          <ValueAxis plot={plot} ticks={linearTicks(plot.y.domain() as [number, number], TICKS)} />
          <LayerAxis plot={plot} ticks={layerTicks(depth, width / 80)} />
          <Classes {...{ plot, layers, cosines }} />
          {curves.map(({ id, className }) => (
            <Curve
              key={id}
              {...{ plot, layers }}
              values={cosines[id]}
              className={`line ${className}`}
            />
          ))}
          <CursorLine plot={plot} layer={cursor} />
        </svg>
        {/* Its colour is read from the style sheet: another scheme is another drawing. */}
        {images && <DigitImages key={scheme} images={images} side={side} />}
      </div>
    </Frame>
  )
}

function DigitLegend({ words }: { words: string }) {
  return (
    <p className="legend spectrum-words">
      {curves.map(({ id, label, className }) => (
        <span key={id} className={`legend-mark ${className}`}>
          <svg className="swatch" width="18" height="8" aria-hidden="true">
            <line x1="1" x2="17" y1="4" y2="4" />
          </svg>
          {label}
        </span>
      ))}
      {words}
    </p>
  )
}

export default {
  id: 'digits',
  title: 'Are digits told apart?',
  reading:
    'Mean cosine of two images of one digit, and of different ones: digits are told apart as long as the two curves are. Thin curves are single digits.',
  order: 8,
  Component: Digits,
  appliesTo: ({ data }) => inputs[data].needsDigits,
} satisfies Chart
