import type { Chart, ChartProps } from './chart.ts'
import { Choice } from './parts/Choice.tsx'
import { Frame } from './parts/Frame.tsx'
import { useLook } from './parts/look.ts'
import { type LayerLook, useLayerSpectra } from './spectrum/layerSpectra.tsx'
import { weightsFace } from './spectrum/weightsFace.tsx'

/** Of what, and how it is drawn. */
const looks: Readonly<Record<LayerLook | 'weights', string>> = {
  depth: 'depth',
  rank: 'rank',
  signal: 'signal',
  weights: 'weights',
}

const meanings: typeof looks = {
  depth: 'Singular values of the Jacobian d x_l / d x_0, layer by layer',
  rank: 'Singular values of the Jacobian at the cursor, from the largest to the smallest',
  signal:
    'Singular values of the batch: the images of the inputs at each layer, as rows of a matrix',
  weights: 'Singular values of the weight matrix W of the layer at the cursor, by itself',
}

function SpectrumChart(props: ChartProps) {
  const [look, onLook] = useLook(props, looks)
  const overLayers = useLayerSpectra(look === 'weights' ? 'depth' : look, props)
  const face = look === 'weights' ? weightsFace(props) : overLayers
  return (
    <Frame
      {...face}
      tools={
        <Choice label="View" options={looks} meanings={meanings} value={look} onChange={onLook} />
      }
      actions={props.actions}
      cursor={face.row}
      legend={
        <p className="legend spectrum-words two-laws">
          {face.words}
          {face.theoryWords !== undefined && (
            <span className="legend-theory">{face.theoryWords}</span>
          )}
        </p>
      }
    >
      <div className={`chart-body ${face.isOld ? 'old' : ''}`}>{face.drawing}</div>
    </Frame>
  )
}

export default {
  id: 'spectrum',
  title: 'Jacobian singular values',
  reading:
    'How much each direction of the input is stretched on its way to a layer: a narrow band keeps everything, a wide one keeps a few directions and loses the rest.',
  order: 3,
  Component: SpectrumChart,
} satisfies Chart
