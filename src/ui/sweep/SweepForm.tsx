import { NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type NetworkKey, networkKeys } from '../../model/config.ts'
import { changeSweep, sweepKey } from '../../state/sweepActions.ts'
import { readValues, type Sweep } from '../../state/sweepField.ts'
import { quantities, quantityIds } from '../../state/sweepQuantities.ts'
import { controls } from '../controls/controls.ts'
import { usePage } from '../page.ts'
import { FillValues } from './FillValues.tsx'
import { SweepStatus } from './SweepStatus.tsx'

const keyOptions = (Object.keys(controls) as NetworkKey[])
  .filter((key) => networkKeys.includes(key))
  .map((value) => ({ value, label: controls[value].label }))
const quantityOptions = quantityIds.map((value) => ({ value, label: quantities[value].label }))

interface SweepFormProps {
  readonly sweep: Sweep | null
  /** Ways to look at the chart. */
  readonly axes: ReactNode
}

/** What is varied, over which values, and what is drawn. */
export function SweepForm({ sweep, axes }: SweepFormProps) {
  const { store } = usePage()
  return (
    <div className="sweep-form">
      <div className="sweep-choices">
        <NativeSelect
          size="xs"
          className="sweep-key"
          label="Vary"
          value={sweep?.key ?? ''}
          data={sweep ? keyOptions : [{ value: '', label: 'choose a setting' }, ...keyOptions]}
          onChange={({ currentTarget: { value } }) => {
            const key = networkKeys.find((id) => id === value)
            if (key) sweepKey(store, key)
          }}
        />
        {sweep && (
          <NativeSelect
            size="xs"
            className="sweep-quantity"
            label="Draw"
            value={sweep.quantity}
            data={quantityOptions}
            onChange={({ currentTarget: { value } }) => {
              const quantity = quantityIds.find((id) => id === value)
              if (quantity) changeSweep(store, { quantity })
            }}
          />
        )}
        {sweep && <ValuesBox key={sweep.key} sweep={sweep} />}
      </div>
      {sweep && (
        <div className="sweep-ways">
          <FillValues key={sweep.key} sweep={sweep} />
          {axes}
        </div>
      )}
      {sweep && <SweepStatus />}
    </div>
  )
}

/** The list of values as a text; what is typed is taken when the box is left or Enter is pressed. */
function ValuesBox({ sweep: { key, values } }: { sweep: Sweep }) {
  const { store } = usePage()
  const [typed, setTyped] = useState<string | null>(null)
  const read = typed === null ? { values } : readValues(key, typed)
  const take = () => {
    if ('illegal' in read) return
    if (typed !== null) changeSweep(store, { values: read.values })
    setTyped(null)
  }
  return (
    <TextInput
      size="xs"
      className="sweep-values"
      label="over"
      autoComplete="off"
      value={typed ?? values.join(', ')}
      error={'illegal' in read && `${read.illegal || 'nothing'} is not legal: ${read.legal}`}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
