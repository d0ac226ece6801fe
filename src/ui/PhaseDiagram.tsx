import { Frame } from '../charts/parts/Frame.tsx'
import { PhaseMap } from '../charts/phaseMap.tsx'
import { changeNetwork } from '../state/actions.ts'
import { MAP_RANGE } from '../state/growthMap.ts'
import { usePage, usePageState } from './page.ts'
import { useSize } from './useSize.ts'

const HEIGHT = 260
const READING =
  'Predicted growth of the gradient a layer over weight and bias scale: blue vanishes, orange explodes, the dashed line is the edge of chaos. Drag the point.'

/** The phase diagram of the present network; dragging its point moves every chart. */
export function PhaseDiagram() {
  const { store } = usePage()
  const map = usePageState(({ growthMap }) => growthMap)
  const sw = usePageState(({ link }) => link.network.sw)
  const sb = usePageState(({ link }) => link.network.sb)
  const [ref, size] = useSize<HTMLDivElement>()
  const message = map ? undefined : 'Computing…'
  return (
    <div className="chart-cell" ref={ref}>
      <Frame title="Order and chaos" reading={READING} cursor={0} message={message}>
        {map && size && (
          <PhaseMap
            {...map}
            range={MAP_RANGE}
            point={{ sw, sb }}
            width={size.width}
            height={HEIGHT}
            onPoint={(point, isDone) => {
              changeNetwork(store, point, isDone ? 'commit' : 'drag')
            }}
          />
        )}
      </Frame>
    </div>
  )
}
