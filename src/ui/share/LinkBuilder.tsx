import { NativeSelect } from '@mantine/core'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { isLessonId, lessonIds, lessons } from '../../lessons/lessons.ts'
import { networkKeys } from '../../model/config.ts'
import { type LinkState, pageParts } from '../../state/fields.ts'
import { SWEEP_PANEL } from '../../state/panelChoice.ts'
import { controls } from '../controls/controls.ts'
import { pageLink, withView } from '../pageLink.ts'
import { panels } from '../panels/panels.ts'
import { accesses, classLinkOf, type ClassLink, viewOf } from './classView.ts'
import { CopyField } from './CopyField.tsx'

interface PartProps {
  readonly link: ClassLink
  readonly set: Dispatch<SetStateAction<ClassLink>>
}

/** A link that opens the page made ready for others: what they see, what they may change, how it starts. */
export function LinkBuilder({ state }: { state: LinkState }) {
  const [link, set] = useState(() => classLinkOf(state.view))
  const address = pageLink(withView(state, viewOf(link, state.view)))
  return (
    <details className="link-builder">
      <summary>Link for a class</summary>
      <p className="share-words">
        The same network, with what is only in the way put away. Locked settings stay as they are
        whatever is pressed; whoever edits the link is free again.
      </p>
      <Start link={link} set={set} />
      <Parts link={link} set={set} />
      <Charts link={link} set={set} hasSweep={state.view.sweep !== null} />
      <Settings link={link} set={set} />
      <CopyField label="Link for a class" text={address} />
    </details>
  )
}

interface TickProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

function Tick({ label, isOn, onChange }: TickProps) {
  return (
    <label>
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked)
        }}
      />
      {label}
    </label>
  )
}

function Start({ link, set }: PartProps) {
  return (
    <fieldset>
      <legend>At the start</legend>
      <Tick
        label="play through the layers"
        isOn={link.plays}
        onChange={(plays) => {
          set({ ...link, plays })
        }}
      />
      <NativeSelect
        size="xs"
        aria-label="Lesson"
        value={link.lesson ?? ''}
        data={[
          { value: '', label: 'no lesson' },
          ...lessonIds.map((id) => ({ value: id, label: `lesson: ${lessons[id].title}` })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          set({ ...link, lesson: isLessonId(value) ? value : null })
        }}
      />
    </fieldset>
  )
}

/** TABLE: the parts of the page in words. */
const partNames: Readonly<Record<(typeof pageParts)[number], string>> = {
  header: 'menus at the top',
  controls: 'panel of settings',
  verdict: 'verdict in words',
  transport: 'layer cursor and play',
}

const without = <T,>(items: readonly T[], item: T) => items.filter((other) => other !== item)

function Parts({ link, set }: PartProps) {
  const { hiddenParts } = link
  return (
    <fieldset>
      <legend>Parts of the page</legend>
      {pageParts.map((part) => (
        <Tick
          key={part}
          label={partNames[part]}
          isOn={!hiddenParts.includes(part)}
          onChange={(isOn) => {
            const rest = without(hiddenParts, part)
            set({ ...link, hiddenParts: isOn ? rest : [...rest, part] })
          }}
        />
      ))}
    </fieldset>
  )
}

interface ChartsProps extends PartProps {
  /** Is there a sweep in the link? Without one its panel is not among the charts. */
  readonly hasSweep: boolean
}

function Charts({ link, set, hasSweep }: ChartsProps) {
  const choices = panels.filter(({ id }) => hasSweep || id !== SWEEP_PANEL)
  const panelIds = choices.map(({ id }) => id)
  const shown = link.charts.length === 0 ? panelIds : link.charts
  const change = (id: string, isOn: boolean) => {
    const next = isOn ? [...shown, id] : without(shown, id)
    set({ ...link, charts: panelIds.every((other) => next.includes(other)) ? [] : next })
  }
  return (
    <fieldset>
      <legend>Charts</legend>
      {choices.map(({ id, title }) => (
        <Tick
          key={id}
          label={title}
          isOn={shown.includes(id)}
          onChange={(isOn) => {
            if (isOn || shown.length > 1) change(id, isOn)
          }}
        />
      ))}
    </fieldset>
  )
}

function Settings({ link, set }: PartProps) {
  return (
    <fieldset className="link-settings">
      <legend>Settings</legend>
      {networkKeys.map((key) => (
        <NativeSelect
          key={key}
          size="xs"
          label={controls[key].label}
          value={link.access[key] ?? 'open'}
          data={accesses}
          onChange={({ currentTarget: { value } }) => {
            const chosen = accesses.find((access) => access === value) ?? 'open'
            set({ ...link, access: { ...link.access, [key]: chosen } })
          }}
        />
      ))}
    </fieldset>
  )
}
