import { NativeSelect, Switch } from '@mantine/core'
import { type KeyboardEvent, memo, type ReactNode } from 'react'
import { defaultConfig, type NetworkKey, networkFields } from '../../model/config.ts'
import type { Choice, Range } from '../../model/field.ts'
import { changeNetwork, type Phase } from '../../state/actions.ts'
import { fileInPlaceOf } from '../../state/files.ts'
import { networkOf } from '../../state/url.ts'
import { Hint } from '../floating/Hint.tsx'
import { usePage, usePageState } from '../page.ts'
import { type Control, controls } from './controls.ts'
import { NumberControl } from './NumberControl.tsx'

type AnyField = Range | Pick<Choice<string>, 'options'> | { readonly isFlag: true }

interface ControlRowProps {
  readonly name: NetworkKey
  /** Where on the page: a control that is there twice has two ids. */
  readonly place?: string
}

/** The control of one key: what kind of it there is follows from the key's field. */
export const ControlRow = memo(function ControlRow({ name, place = 'control' }: ControlRowProps) {
  const id = `${place}-${name}`
  const { store } = usePage()
  const value = usePageState(({ link }) => link.network[name])
  const batch = usePageState(({ link }) => (name === 'distinct' ? link.network.batch : Infinity))
  const file = usePageState(({ files, link }) => fileInPlaceOf(files, link.network, name))
  const unused = usePageState(({ link }) => controls[name].unused?.(link.network)?.reason)
  const isLocked = usePageState(({ link }) => link.view.lock.includes(name))
  const reason = reasonOf(file?.name, isLocked) ?? unused
  const isHidden = usePageState(
    ({ link }) =>
      link.view.hide.includes(name) || controls[name].unused?.(link.network)?.isHidden === true,
  )
  if (isHidden) return null
  const control = controls[name]
  const change = (next: unknown, phase: Phase) => {
    changeNetwork(store, { [name]: next }, phase)
  }
  const reset = () => {
    const { preset } = store.getState().link.view
    change(preset === null ? defaultConfig[name] : networkOf(preset)[name], 'commit')
  }
  return (
    <Row id={id} control={control} reason={reason} onReset={reset}>
      {editorOf({
        ...{ id, name, control, value, batch, change },
        isDisabled: reason !== undefined,
        onReset: reset,
      })}
    </Row>
  )
})

/** Why a setting cannot be changed here, if so. */
function reasonOf(file: string | undefined, isLocked: boolean): string | undefined {
  if (isLocked) return 'Locked by the link that opened this page.'
  return file === undefined ? undefined : `Comes from the file ${file}.`
}

interface Editor {
  readonly id: string
  readonly name: NetworkKey
  readonly control: Control
  readonly value: string | number
  readonly batch: number
  readonly isDisabled: boolean
  readonly change: (value: unknown, phase: Phase) => void
  readonly onReset: () => void
}

function editorOf({ id, name, control, ...editor }: Editor): ReactNode {
  const { value, batch, isDisabled, change, onReset } = editor
  const field: AnyField = networkFields[name]
  if ('options' in field)
    return (
      <NativeSelect
        id={id}
        size="xs"
        className="control-menu"
        disabled={isDisabled}
        value={value}
        data={field.options.map((option) => ({
          value: option,
          label: control.labels?.[option] ?? option,
        }))}
        onChange={(event) => {
          change(event.currentTarget.value, 'commit')
        }}
      />
    )
  if ('isFlag' in field)
    return (
      <Switch
        id={id}
        size="xs"
        className="control-switch"
        disabled={isDisabled}
        checked={value === 1}
        onChange={(event) => {
          change(event.currentTarget.checked ? 1 : 0, 'commit')
        }}
      />
    )
  return (
    <NumberControl
      id={id}
      control={control}
      field={field}
      value={Number(value)}
      top={Math.min(field.max, batch)}
      isDisabled={isDisabled}
      onChange={change}
      onReset={onReset}
    />
  )
}

interface RowProps {
  readonly id: string
  readonly control: Control
  readonly reason: string | undefined
  readonly onReset: () => void
  readonly children: ReactNode
}

const RESET_WORDS = 'Back to the default: double-click, Delete, or an emptied box.'

/** Is it a box that takes Delete for its own text? */
const isTextBox = (target: EventTarget) =>
  target instanceof HTMLInputElement && target.type === 'text'

/** Name and explanation around a control; a double click on it, or Delete, brings the default back. */
function Row({ id, control, reason, onReset, children }: RowProps) {
  const resetByKey = ({ key, target }: KeyboardEvent) => {
    if (key === 'Delete' && !isTextBox(target)) onReset()
  }
  return (
    <Hint
      label={reason ?? `${control.hint} ${RESET_WORDS}`}
      width={240}
      position="right"
      delay={400}
    >
      {(target, focusable) => (
        <div
          className="control"
          data-unused={reason !== undefined}
          onDoubleClick={onReset}
          onKeyDownCapture={resetByKey}
          {...focusable}
        >
          <label htmlFor={id} {...target}>
            {control.label}
          </label>
          {children}
        </div>
      )}
    </Hint>
  )
}
