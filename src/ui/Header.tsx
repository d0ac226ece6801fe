import { Button, Menu, NativeSelect, Tooltip } from '@mantine/core'
import { changeView, choosePreset, isPresetChanged, showFirstScene } from '../state/actions.ts'
import { themes, viewFields } from '../state/fields.ts'
import { presetIds, presets } from '../state/presets.ts'
import { Help } from './Help.tsx'
import { usePage, usePageState } from './page.ts'

export function Header({ onControls }: { onControls: (() => void) | undefined }) {
  return (
    <header className="header">
      <h1>Depthscope</h1>
      {onControls && (
        <Button size="compact-sm" variant="default" onClick={onControls}>
          Settings
        </Button>
      )}
      <PresetMenu />
      <span className="header-space" />
      <EngineChoice />
      <ThemeChoice />
      <Help />
    </header>
  )
}

function PresetMenu() {
  const { store } = usePage()
  const preset = usePageState(({ link }) => link.view.preset)
  const isChanged = usePageState(
    ({ link }) => link.view.preset !== null && isPresetChanged(link.network, link.view.preset),
  )
  const name = preset === null ? 'Presets' : presets[preset].title + (isChanged ? ' (changed)' : '')
  return (
    <Menu width={340} position="bottom-start" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          {name} ▾
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="presets">
        {presetIds.map((id) => (
          <Menu.Item
            key={id}
            onClick={() => {
              choosePreset(store, id)
            }}
          >
            <strong>{presets[id].title}</strong>
            <span>{presets[id].text}</span>
            <em>
              {presets[id].source.paper}, arXiv:{presets[id].source.arxiv}
            </em>
          </Menu.Item>
        ))}
        <Menu.Item
          onClick={() => {
            showFirstScene(store)
          }}
        >
          <strong>First scene</strong>
          <span>ReLU with batch norm, 100 layers deep.</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
    <Tooltip label={label} multiline w={260}>
      <div className="engine">
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
    </Tooltip>
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
