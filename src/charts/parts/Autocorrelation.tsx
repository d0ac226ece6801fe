import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { autocorrelationOf, type SampleCurve } from './sampleCurve.ts'

interface AutocorrelationProps {
  readonly curve: SampleCurve
  /** Samples that go once around the circle. */
  readonly around: number
  readonly width: number
  readonly height: number
}

const MARGIN = { left: 30, right: 14, top: 18, bottom: 34 }
const HALF_TURN = 180
const COSINES = [-1, 0, 1]
const ANGLES = [0, 90, 180]

/** Cosine of two images against the angle between their inputs; dashed, the inputs themselves. */
export function Autocorrelation({ curve, around, width, height }: AutocorrelationProps) {
  const x = scaleLinear([0, HALF_TURN], [MARGIN.left, width - MARGIN.right])
  const y = scaleLinear([-1, 1], [height - MARGIN.bottom, MARGIN.top])
  const path = line<number>((_, shift) => x((360 * shift) / around), y).digits(1)
  const inputs = line<number>(x, (degrees) => y(Math.cos((degrees * Math.PI) / HALF_TURN)))
  const degrees = Array.from({ length: 37 }, (_, i) => 5 * i)
  return (
    <svg className="plot" width={width} height={height} aria-hidden="true">
      <text className="axis-name" x={MARGIN.left} y={10}>
        cosine of two images
      </text>
      <g className="axis">
        {COSINES.map((cosine) => (
          <g key={cosine} transform={`translate(${MARGIN.left},${y(cosine)})`}>
            <line className="grid" x2={width - MARGIN.left - MARGIN.right} />
            <text x={-6} dy="0.32em" textAnchor="end">
              {String(cosine).replace('-', '−')}
            </text>
          </g>
        ))}
        {ANGLES.map((angle) => (
          <text key={angle} x={x(angle)} y={height - MARGIN.bottom + 14} textAnchor="middle">
            {angle}°
          </text>
        ))}
        <text className="axis-name" x={(x(0) + x(180)) / 2} y={height - 4} textAnchor="middle">
          angle between inputs
        </text>
      </g>
      <g className="line one-class theory">
        <path className="curve" d={inputs.digits(1)(degrees) ?? ''} />
      </g>
      <g className="line forward">
        <path className="curve" d={path([...autocorrelationOf(curve)]) ?? ''} />
      </g>
    </svg>
  )
}
