import { Frame } from '../../charts/parts/Frame.tsx'
import { growthTable, PhaseMap } from '../../charts/phaseMap.tsx'
import type { PlanePoint } from '../../engine/protocol.ts'
import { changeNetwork } from '../../state/actions.ts'
import { MAP_RANGE } from '../../state/growthMap.ts'
import { usePage, usePageState } from '../page.ts'
import type { TheoryPanel, TheoryPanelProps } from '../panels/theoryPanel.ts'

/** The phase diagram of the present network; dragging its point moves every chart. */
function PhaseDiagram({ width, height, actions }: TheoryPanelProps) {
  const { store } = usePage()
  const map = usePageState(({ growthMap }) => growthMap)
  const sw = usePageState(({ link }) => link.network.sw)
  const sb = usePageState(({ link }) => link.network.sb)
  const point = usePageState(({ forecast }) => forecast?.point ?? null)
  return (
    <Frame
      title={phasePanel.title}
      reading={phasePanel.reading}
      actions={actions}
      cursor={0}
      message={map ? undefined : 'Computing…'}
      table={map ? () => growthTable(map) : undefined}
      legend={<Facts point={point} />}
    >
      {map && (
        <div className="chart-body">
          <PhaseMap
            {...map}
            range={MAP_RANGE}
            point={{ sw, sb }}
            width={width}
            height={height}
            onPoint={(point, isDone) => {
              changeNetwork(store, point, isDone ? 'commit' : 'drag')
            }}
          />
        </div>
      )}
    </Frame>
  )
}

const shown = (value: number) => (value === Infinity ? '∞' : String(Number(value.toPrecision(4))))

/** The fixed points of the maps and how deep signals reach, for networks that have them. */
function Facts({ point }: { readonly point: PlanePoint | null }) {
  const isGiven = usePageState(({ shown }) => shown !== null && shown.files.weights !== null)
  if (isGiven)
    return (
      <p className="legend facts">
        The map is about drawn weights; those of a file have no place on it.
      </p>
    )
  if (!point)
    return <p className="legend facts">Fixed points: no prediction for this kind of network.</p>
  const { phase, qStar, cStar, chi1, xiC, criticalSw } = point
  const facts = [
    `${phase} phase`,
    `variance q* ${shown(qStar)}`,
    cStar === null ? undefined : `correlation c* ${shown(cStar)}`,
    `slope χ₁ ${shown(chi1)}`,
    xiC === null ? undefined : `depth scale ξc ${shown(Math.abs(xiC))} layers`,
    criticalSw === null ? undefined : `critical σw ${shown(criticalSw)}`,
  ]
  return <p className="legend facts">{facts.filter((fact) => fact !== undefined).join(' · ')}</p>
}

export const phasePanel: TheoryPanel = {
  id: 'phase',
  title: 'Order and chaos',
  reading:
    'Predicted growth of the gradient a layer over weight and bias scale: blue vanishes, orange explodes, the dashed line is the edge of chaos. Drag the point.',
  Component: PhaseDiagram,
}
