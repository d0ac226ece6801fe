import { useMemo, useState } from 'react'
import { Choice } from '../../charts/parts/Choice.tsx'
import { Frame } from '../../charts/parts/Frame.tsx'
import { SweepChart } from '../../charts/sweep/SweepChart.tsx'
import type { SweepScale } from '../../charts/sweep/sweepProps.ts'
import type { NetworkKey } from '../../model/config.ts'
import { applySwept } from '../../state/sweepActions.ts'
import type { Sweep } from '../../state/sweepField.ts'
import type { SweepPoint } from '../../state/sweepPoints.ts'
import { quantities } from '../../state/sweepQuantities.ts'
import { rangeOf } from '../../state/sweepValues.ts'
import { controls } from '../controls/controls.ts'
import { usePage, usePageState } from '../page.ts'
import type { TheoryPanelProps } from '../panels/theoryPanel.ts'
import { SweepForm } from './SweepForm.tsx'
import { type PlacedPoint, placedPoints, sweepTable } from './sweepPoints.ts'
import { sweepWords } from './sweepWords.ts'

const scales: Readonly<Record<SweepScale, string>> = { linear: 'linear', log: 'log' }
/** Largest over smallest value from which an axis of equal factors is the better one. */
const WIDE = 15
const NO_POINTS: readonly SweepPoint[] = []

/** One setting over several values: each is a network of its own, and a point of the curve. */
export function SweepPanel(props: TheoryPanelProps) {
  const sweep = usePageState(({ link }) => link.view.sweep)
  const common = { ...sweepWords, actions: props.actions, cursor: 0 }
  if (!sweep)
    return (
      <Frame
        {...common}
        tools={<SweepForm sweep={null} axes={null} />}
        message="Choose a setting to vary."
      >
        {null}
      </Frame>
    )
  return <SweepFigure {...props} sweep={sweep} />
}

interface SweepFigureProps extends TheoryPanelProps {
  readonly sweep: Sweep
}

function SweepFigure({ sweep, width, height, actions }: SweepFigureProps) {
  const { store } = usePage()
  const { key, quantity: id } = sweep
  const run = usePageState((state) => state.sweep)
  const value = usePageState(({ link }) => link.network[key])
  const quantity = quantities[id]
  const runPoints = run?.key === key ? run.points : NO_POINTS
  const points = useMemo(() => placedPoints(key, runPoints, id), [key, runPoints, id])
  const scale = useScales(sweep, points)
  return (
    <Frame
      title={sweepWords.title}
      reading={sweepWords.reading}
      tools={<SweepForm sweep={sweep} axes={scale.choices} />}
      actions={actions}
      table={points.length > 0 ? () => sweepTable(key, points, id) : undefined}
      cursor={0}
    >
      <SweepChart
        {...{ width, height, quantity, points, across: scale.across, up: scale.up }}
        keyLabel={controls[key].label}
        isOrdered={rangeOf(key) !== null}
        present={points.find((point) => point.value === value)?.place ?? numberOf(key, value)}
        onPick={(point) => {
          const picked = points.find(({ place }) => place === point.place)
          if (picked) applySwept(store, key, picked.value)
        }}
      />
    </Frame>
  )
}

const numberOf = (key: NetworkKey, value: string | number) => (rangeOf(key) ? Number(value) : null)

/** An axis as it was chosen, for what it was chosen. */
interface Chosen {
  readonly of: string
  readonly scale: SweepScale
}

/**
 * Equal factors where the values span them; only numbers above zero can stand so. What grows by a factor
 * a layer is a straight line over equal steps of the depth.
 */
function scalesAcross({ key, quantity }: Sweep, points: readonly PlacedPoint[]) {
  const [low = 0, high = 0] = [points[0]?.place, points.at(-1)?.place]
  const canChoose = rangeOf(key) !== null && low > 0
  const isSpan = key === 'depth' && quantities[quantity].isLog10
  const suited: SweepScale = canChoose && !isSpan && high / low >= WIDE ? 'log' : 'linear'
  return { canChoose, suited }
}

/** What was chosen for `of`, else what suits. */
const scaleOf = (chosen: Chosen | null, of: string, suited: SweepScale) =>
  chosen?.of === of ? chosen.scale : suited

/** Equal steps or equal factors along both axes: what suits the numbers until somebody chooses. */
function useScales(sweep: Sweep, points: readonly PlacedPoint[]) {
  const { key, quantity } = sweep
  const [chosenAcross, setAcross] = useState<Chosen | null>(null)
  const [chosenUp, setUp] = useState<Chosen | null>(null)
  const { isLog10, isSigned } = quantities[quantity]
  const { canChoose, suited } = scalesAcross(sweep, points)
  const across = canChoose ? scaleOf(chosenAcross, key, suited) : suited
  const up = scaleOf(chosenUp, quantity, isLog10 ? 'log' : 'linear')
  const choices = (
    <div className="sweep-axes">
      {canChoose && (
        <AxisChoice
          name="across"
          value={across}
          onChange={(scale) => {
            setAcross({ of: key, scale })
          }}
        />
      )}
      {isSigned !== true && (
        <AxisChoice
          name="up"
          value={up}
          onChange={(scale) => {
            setUp({ of: quantity, scale })
          }}
        />
      )}
    </div>
  )
  return { across, up, choices }
}

interface AxisChoiceProps {
  readonly name: string
  readonly value: SweepScale
  readonly onChange: (scale: SweepScale) => void
}

function AxisChoice({ name, value, onChange }: AxisChoiceProps) {
  return (
    <>
      <span aria-hidden="true">{name}:</span>
      <Choice label={`Axis ${name}`} options={scales} value={value} onChange={onChange} />
    </>
  )
}
