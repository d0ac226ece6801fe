import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Range } from '../../model/field.ts'
import { changeSweep } from '../../state/sweepActions.ts'
import type { Sweep } from '../../state/sweepField.ts'
import { filledValues, rangeOf, type Spacing } from '../../state/sweepValues.ts'
import { usePage } from '../page.ts'

const SPACINGS = [
  { value: 'linear', label: 'equal steps' },
  { value: 'log', label: 'equal factors' },
]
/** Largest over smallest value from which equal factors are meant. */
const WIDE = 15

/** Numbers of values that a sweep can be filled with. */
const COUNTS = { least: 2, most: 32 }

/** Fills the list of values from one number to another. */
export function FillValues({ sweep }: { sweep: Sweep }) {
  const range = rangeOf(sweep.key)
  if (!range) return null
  return (
    <details className="sweep-fill">
      <summary>Fill from … to …</summary>
      <FillForm {...{ sweep, range }} />
    </details>
  )
}

function FillForm({ sweep: { values }, range }: { sweep: Sweep; range: Range }) {
  const { store } = usePage()
  const [from, setFrom] = useState(String(values[0]))
  const [to, setTo] = useState(String(values.at(-1)))
  const [count, setCount] = useState(String(values.length))
  const [spacing, setSpacing] = useState<Spacing>(spacingOf(values))
  const filling = {
    from: range.parse(from.trim()),
    to: range.parse(to.trim()),
    count: countOf(count),
    spacing,
  }
  const legal = isFillable(filling)
  return (
    <div className="sweep-choices">
      <Box label="From" text={from} isLegal={filling.from !== undefined} onText={setFrom} />
      <Box label="to" text={to} isLegal={filling.to !== undefined} onText={setTo} />
      <Box label="values" text={count} isLegal={filling.count !== undefined} onText={setCount} />
      <NativeSelect
        size="xs"
        label="in"
        value={spacing}
        data={SPACINGS}
        onChange={({ currentTarget: { value } }) => {
          setSpacing(value === 'log' ? 'log' : 'linear')
        }}
      />
      <Button
        size="xs"
        variant="default"
        disabled={!legal}
        onClick={() => {
          if (isFillable(filling)) changeSweep(store, { values: filledValues(range, filling) })
        }}
      >
        Fill
      </Button>
    </div>
  )
}

/** How the values are spread already. */
function spacingOf(values: Sweep['values']): Spacing {
  const [low, high] = [Number(values[0]), Number(values.at(-1))]
  return low > 0 && high / low > WIDE ? 'log' : 'linear'
}

interface Typed {
  readonly from: number | undefined
  readonly to: number | undefined
  readonly count: number | undefined
  readonly spacing: Spacing
}

function countOf(text: string): number | undefined {
  const count = Number(text)
  const isLegal = Number.isInteger(count) && count >= COUNTS.least && count <= COUNTS.most
  return isLegal ? count : undefined
}

/** Equal factors need both ends above zero. */
function isFillable(typed: Typed): typed is { [K in keyof Typed]: Exclude<Typed[K], undefined> } {
  const { from, to, count, spacing } = typed
  if (from === undefined || to === undefined || count === undefined || from === to) return false
  return spacing === 'linear' || (from > 0 && to > 0)
}

interface BoxProps {
  readonly label: string
  readonly text: string
  readonly isLegal: boolean
  readonly onText: (text: string) => void
}

function Box({ label, text, isLegal, onText }: BoxProps) {
  return (
    <TextInput
      size="xs"
      className="sweep-box"
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={!isLegal}
      onChange={(event) => {
        onText(event.currentTarget.value)
      }}
    />
  )
}
