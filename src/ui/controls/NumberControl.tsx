import { Slider, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Range } from '../../model/field.ts'
import type { Phase } from '../../state/actions.ts'
import type { Control } from './controls.ts'
import { sliderScaleOf } from './sliderScale.ts'

export interface NumberControlProps {
  readonly id: string
  readonly control: Control
  readonly field: Range
  readonly value: number
  readonly top: number
  readonly isDisabled: boolean
  readonly onChange: (value: number, phase: Phase) => void
  /** Back to the default. */
  readonly onReset: () => void
}

/** A slider for the hand, a box for the exact number. */
export function NumberControl(props: NumberControlProps) {
  const { control, field, value, top, isDisabled, onChange } = props
  const scale = sliderScaleOf(field, control, top)
  return (
    <>
      <NumberBox {...props} />
      {scale && (
        <Slider
          className="control-slider"
          size="xs"
          label={null}
          disabled={isDisabled}
          min={scale.min}
          max={scale.max}
          step={scale.step}
          value={scale.toThumb(value)}
          thumbLabel={control.label}
          thumbValueText={String(value)}
          onChange={(thumb) => {
            onChange(scale.toValue(thumb), 'drag')
          }}
          onChangeEnd={(thumb) => {
            onChange(scale.toValue(thumb), 'commit')
          }}
        />
      )}
    </>
  )
}

/**
 * Takes what is typed when it is left or confirmed, an emptied box for the default when it is confirmed;
 * an illegal text is kept and marked until then.
 */
function NumberBox(props: NumberControlProps) {
  const { id, control, field, value, isDisabled, onChange, onReset } = props
  const [typed, setTyped] = useState<string | null>(null)
  const isEmpty = typed?.trim() === ''
  const parsed = typed === null ? value : field.parse(typed.trim())
  const isWrong = parsed === undefined && !isEmpty
  const take = () => {
    if (typed !== null && parsed !== undefined) onChange(parsed, 'commit')
    setTyped(null)
  }
  return (
    <TextInput
      id={id}
      className="control-box"
      size="xs"
      inputMode="decimal"
      autoComplete="off"
      disabled={isDisabled}
      value={typed ?? field.format(value)}
      error={isWrong}
      title={isWrong ? `${control.label} takes ${field.legal}` : undefined}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && isEmpty) onReset()
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
