import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { changeView } from '../state/actions.ts'
import { themes, viewFields } from '../state/fields.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { Hint } from './floating/Hint.tsx'
import { HelpButton } from './Help.tsx'
import { LessonMenu } from './lessons/LessonMenu.tsx'
import { OpenButton } from './open/OpenButton.tsx'
import { usePage, usePageState } from './page.ts'
import { PanelMenu } from './panels/PanelMenu.tsx'
import { PinButton } from './pins/PinButton.tsx'
import { PresetMenu } from './PresetMenu.tsx'
import { ShareButton } from './ShareButton.tsx'

interface HeaderProps {
  /** Opens the settings, on a screen too narrow to show them beside the charts. */
  readonly onControls: (() => void) | undefined
  readonly onHelp: () => void
}

export function Header({ onControls, onHelp }: HeaderProps) {
  return (
    <header className="header">
      <h1>Depthscope</h1>
      {onControls && (
        <Button size="compact-sm" variant="default" onClick={onControls}>
          Settings
        </Button>
      )}
      <PresetMenu />
      <LessonMenu />
      {onControls ? <More onHelp={onHelp} /> : <Tools onHelp={onHelp} />}
    </header>
  )
}

/** What is done with a run, after it has been chosen. */
function Tools({ onHelp }: Pick<HeaderProps, 'onHelp'>) {
  return (
    <>
      <span className="header-space" />
      <EngineChoice />
      <ThemeChoice />
      <PanelMenu />
      <PinButton />
      <ShareButton />
      <OpenButton />
      <ExportMenu />
      <HelpButton onOpen={onHelp} />
    </>
  )
}

/** The tools, on a narrow screen: out of the way of the charts until they are asked for. */
function More(props: Pick<HeaderProps, 'onHelp'>) {
  const [isOpen, { toggle }] = useDisclosure()
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label="More"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        ⋯
      </Button>
      {isOpen && <Tools {...props} />}
    </>
  )
}

/** Which engine computed what is on show, how long it took, and a way to choose another. */
function EngineChoice() {
  const { store } = usePage()
  const choice = usePageState(({ link }) => link.view.engine)
  const start = usePageState(({ shown }) => shown?.start)
  const ms = usePageState(({ shown }) => shown?.timing?.total)
  const used = start ? `${start.engine}${ms === undefined ? '' : `, ${Math.round(ms)} ms`}` : ''
  const label = start ? `Computed by the ${start.engine} engine (${start.reason}).` : 'Engine'
  return (
    <Hint label={label} width={260} position="top" delay={0}>
      {(target, focusable) => (
        <div className="engine" {...target} {...focusable}>
          <NativeSelect
            size="xs"
            aria-label="Engine"
            value={choice}
            data={viewFields.engine.options.map((id) => ({ value: id, label: `engine: ${id}` }))}
            onChange={(event) => {
              const engine = viewFields.engine.parse(event.currentTarget.value)
              if (engine) changeView(store, { engine })
            }}
          />
          <span className="engine-used">{used}</span>
        </div>
      )}
    </Hint>
  )
}

function ThemeChoice() {
  const { store } = usePage()
  const theme = usePageState(({ link }) => link.view.theme)
  return (
    <NativeSelect
      size="xs"
      aria-label="Colours"
      value={theme}
      data={themes.map((id) => ({ value: id, label: `${id} colours` }))}
      onChange={(event) => {
        const chosen = viewFields.theme.parse(event.currentTarget.value)
        if (chosen) changeView(store, { theme: chosen })
      }}
    />
  )
}
