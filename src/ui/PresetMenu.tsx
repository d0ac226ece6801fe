import { Button } from '@mantine/core'
import { choosePreset, isPresetChanged, showFirstScene } from '../state/actions.ts'
import { type PaperId, papers } from '../state/papers.ts'
import { presetIds, presets } from '../state/presets.ts'
import { Dropdown } from './floating/Dropdown.tsx'
import { usePage, usePageState } from './page.ts'

const paperIds = Object.keys(papers) as readonly PaperId[]

/** Named networks, each with what it shows, under the paper it comes from. */
export function PresetMenu() {
  return (
    <Dropdown
      name="Presets"
      className="presets"
      position="bottom-start"
      width={340}
      button={(opener) => (
        <Button size="compact-sm" variant="default" className="preset-name" {...opener}>
          <PresetName /> ▾
        </Button>
      )}
    >
      {(close) => <PresetList close={close} />}
    </Dropdown>
  )
}

function PresetList({ close }: { close: () => void }) {
  const { store } = usePage()
  const choose = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <>
      {paperIds.map((paper) => (
        <section key={paper} aria-label={papers[paper].title}>
          <em>
            {papers[paper].title}, arXiv:{papers[paper].arxiv}
          </em>
          {presetIds
            .filter((id) => presets[id].paper === paper)
            .map((id) => (
              <PresetButton
                key={id}
                {...presets[id]}
                onClick={choose(() => {
                  choosePreset(store, id)
                })}
              />
            ))}
        </section>
      ))}
      <PresetButton
        title="First scene"
        text="ReLU with batch norm, 100 layers deep."
        onClick={choose(() => {
          showFirstScene(store)
        })}
      />
    </>
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
  readonly onClick: () => void
}

function PresetButton({ title, text, onClick }: PresetButtonProps) {
  return (
    <button type="button" onClick={onClick}>
      <strong>{title}</strong>
      <span>{text}</span>
    </button>
  )
}
