import type { ReactElement } from 'react'
import { ActivationCard } from '../../src/charts/activationCard.tsx'
import { Cobweb } from '../../src/charts/cobweb.tsx'
import { Frame } from '../../src/charts/parts/Frame.tsx'
import { growthTable, PhaseMap } from '../../src/charts/phaseMap.tsx'
import { SweepChart } from '../../src/charts/sweep/SweepChart.tsx'
import type { SweepChartPoint, SweepChartProps } from '../../src/charts/sweep/sweepProps.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { activationCard } from '../../src/theory/activationCard.ts'
import { cobwebs } from '../../src/theory/cobweb.ts'
import { growthRow } from '../../src/theory/growthMap.ts'

/** Room for a drawing, and its words. */
const place = { width: 480, height: 240, title: 'Title', reading: 'How to read it.' } as const

type Overrides = Partial<NetworkConfig>
const configOf = (overrides: Overrides) => ({ ...defaultConfig, ...overrides })
const start = { log10Rms: 0, meanCosine: 0.3 }

function card(overrides: Overrides): ReactElement {
  const config = configOf(overrides)
  return <ActivationCard {...place} config={config} constants={activationCard(config)} />
}

const maps = (overrides: Overrides): ReactElement => (
  <Cobweb {...place} maps={cobwebs(resolveNetwork(configOf(overrides)), start)} />
)

const range = { sw: 4, sb: 2 } as const
const centres = (cells: number, size: number) =>
  Array.from({ length: cells }, (_, i) => ((i + 0.5) * size) / cells)
const [sws, sbs] = [centres(10, range.sw), centres(6, range.sb)]

/** The map of growth; of `known` rows alone while the others are being computed. */
function phase(overrides: Overrides, known = sbs.length): ReactElement {
  const config = configOf(overrides)
  const rows = sbs.slice(0, known).map((sb) => growthRow(config, sws, sb, start))
  const map = { sws, sbs, rows }
  const { sw, sb } = config
  return (
    <Frame {...place} cursor={0} table={() => growthTable(map)}>
      <PhaseMap {...map} {...place} range={range} point={{ sw, sb }} onPoint={() => undefined} />
    </Frame>
  )
}

const waiting = (message: string): ReactElement => (
  <Frame {...place} cursor={0} message={message}>
    {null}
  </Frame>
)

const nothing = {
  ...{ measured: NaN, predicted: NaN, low: NaN, high: NaN },
  ...{ note: '', theoryNote: '', isOld: false },
}
const point = (at: number, changes: Partial<SweepChartPoint>): SweepChartPoint => ({
  ...nothing,
  label: String(at),
  place: at,
  ...changes,
})

function sweep(points: readonly SweepChartPoint[], changes: Partial<SweepChartProps> = {}) {
  const quantity = {
    label: 'growth',
    meaning: 'A layer.',
    pass: 'backward',
    isLog10: false,
  } as const
  return (
    <Frame {...place} cursor={0}>
      <SweepChart
        {...{ ...place, points, quantity }}
        keyLabel="Depth (layers)"
        isOrdered
        across="log"
        up="linear"
        present={50}
        onPick={() => undefined}
        {...changes}
      />
    </Frame>
  )
}

const DEPTHS = [10, 50, 200, 1000]

/** TABLE: what the panels beside the charts must be able to show, panel by panel, by name. */
export const panelCases: Readonly<Record<string, Readonly<Record<string, () => ReactElement>>>> = {
  activation: {
    tanh: () => card({}),
    'self-normalized, the lower root': () => card({ act: 'gelu', gpn: 1 }),
    'kinks and a gain': () => card({ act: 'hard_tanh', gain: 2, norm: 'batch' }),
    'no prediction for batch norm': () => card({ act: 'gelu', norm: 'batch' }),
    'not known yet': () => <ActivationCard {...place} config={defaultConfig} constants={null} />,
    failed: () => (
      <ActivationCard {...place} config={defaultConfig} constants={null} message="No constants." />
    ),
  },
  maps: {
    ordered: () => maps({ sw: 1, sb: 0.3 }),
    chaotic: () => maps({ sw: 2, sb: 0.3 }),
    'q grows without end': () => maps({ act: 'relu', sw: 2 }),
    'one map of two': () => maps({ norm: 'layer' }),
    'no prediction': () => maps({ norm: 'batch' }),
    'not known yet': () => <Cobweb {...place} maps={null} />,
    failed: () => (
      <Cobweb {...place} maps={null} message="No prediction: the weights come from a file." />
    ),
  },
  phase: {
    'order and chaos': () => phase({ sw: 1.5, sb: 0.4 }),
    'rows still to come': () => phase({}, 2),
    'no biases matter': () => phase({ act: 'relu', norm: 'layer' }),
    'no prediction': () => phase({ act: 'gelu', norm: 'batch' }),
    'not known yet': () => waiting('Computing…'),
    failed: () => waiting('No map.'),
  },
  sweep: {
    'measured and predicted': () =>
      sweep(DEPTHS.map((at, i) => point(at, { measured: 1.2 + i / 50, predicted: 1.21 }))),
    'bands of seeds': () =>
      sweep(DEPTHS.map((at) => point(at, { measured: 1.2, low: 1.1, high: 1.4, predicted: 1.21 }))),
    'no prediction': () =>
      sweep(DEPTHS.map((at) => point(at, { measured: 1.2, theoryNote: 'no prediction' }))),
    'words across': () =>
      sweep(
        ['Tanh', 'ReLU', 'GELU'].map((label, at) => ({
          ...point(at, { measured: 1 + at, predicted: 1.1 + at }),
          label,
        })),
        { isOrdered: false, across: 'linear', present: 1 },
      ),
    'under way, old numbers beside new ones': () =>
      sweep([
        point(10, { measured: 1.2, predicted: 1.21 }),
        point(50, { measured: 1.3, isOld: true, note: 'computing, 40 %' }),
        point(200, { note: 'waiting' }),
        point(1000, { note: 'failed (The run failed.)' }),
      ]),
    'off every scale': () => sweep([point(10, { measured: Infinity }), point(50, { measured: 1 })]),
    empty: () => sweep([]),
  },
}
