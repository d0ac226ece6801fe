import { Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { choosePreset, isPresetChanged, showFirstScene } from '../state/actions.ts'
import { presetIds, presets } from '../state/presets.ts'
import { usePage, usePageState } from './page.ts'

/** Named networks, each with what it shows and the paper it comes from. */
export function PresetMenu() {
  const { store } = usePage()
  const [isOpen, { close, toggle }] = useDisclosure()
  const choose = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      width={340}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      trapFocus
    >
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={toggle}>
          <PresetName /> ▾
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="presets" aria-label="Presets">
        {presetIds.map((id) => (
          <PresetButton
            key={id}
            {...presets[id]}
            onClick={choose(() => {
              choosePreset(store, id)
            })}
          />
        ))}
        <PresetButton
          title="First scene"
          text="ReLU with batch norm, 100 layers deep."
          onClick={choose(() => {
            showFirstScene(store)
          })}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function PresetName() {
  const preset = usePageState(({ link }) => link.view.preset)
  const isChanged = usePageState(
    ({ link }) => link.view.preset !== null && isPresetChanged(link.network, link.view.preset),
  )
  if (preset === null) return 'Presets'
  return presets[preset].title + (isChanged ? ' (changed)' : '')
}

interface PresetButtonProps {
  readonly title: string
  readonly text: string
  readonly source?: { readonly paper: string; readonly arxiv: string }
  readonly onClick: () => void
}

function PresetButton({ title, text, source, onClick }: PresetButtonProps) {
  return (
    <button type="button" onClick={onClick}>
      <strong>{title}</strong>
      <span>{text}</span>
      {source && (
        <em>
          {source.paper}, arXiv:{source.arxiv}
        </em>
      )}
    </button>
  )
}
