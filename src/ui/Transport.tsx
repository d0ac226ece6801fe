import { Button, NativeSelect, Slider, Switch } from '@mantine/core'
import { formatCount } from '../base/formatLog10.ts'
import { setPlayback } from '../state/actions.ts'
import { cursorLayer, moveCursor, topLayer } from '../state/cursor.ts'
import { usePage, usePageState } from './page.ts'
import { togglePlay } from './playback.ts'

/** PageUp and PageDown go by so large a part of the depth. */
const PAGES = 10
const pageKeys: Readonly<Record<string, 1 | -1>> = { PageUp: 1, PageDown: -1 }

const SPEEDS = [0.25, 0.5, 1, 2, 4]

/** The layer cursor: where it is, and what moves it. */
export function Transport() {
  const { store } = usePage()
  const layer = usePageState(cursorLayer)
  const top = usePageState(topLayer)
  const { isPlaying, speed, loops } = usePageState(({ playback }) => playback)
  return (
    <section className="transport" aria-label="Layer cursor">
      <Button
        size="compact-sm"
        variant="default"
        className="play"
        onClick={() => {
          togglePlay(store)
        }}
      >
        {isPlaying ? 'Pause' : 'Play'}
      </Button>
      <span className="transport-layer">
        layer {formatCount(layer)} of {formatCount(top)}
      </span>
      <LayerSlider layer={layer} top={top} />
      <NativeSelect
        className="transport-extra"
        size="xs"
        aria-label="Speed"
        value={speed}
        data={SPEEDS.map((value) => ({ value: String(value), label: `speed ${value}×` }))}
        onChange={(event) => {
          setPlayback(store, { speed: Number(event.currentTarget.value) })
        }}
      />
      <Switch
        className="transport-extra"
        size="xs"
        label="loop"
        checked={loops}
        onChange={(event) => {
          setPlayback(store, { loops: event.currentTarget.checked })
        }}
      />
    </section>
  )
}

/** The place of the cursor among the layers. */
function LayerSlider({ layer, top }: { readonly layer: number; readonly top: number }) {
  const { store } = usePage()
  return (
    <Slider
      className="transport-slider"
      size="sm"
      label={null}
      min={0}
      max={top}
      value={layer}
      thumbLabel="Layer under the cursor"
      thumbValueText={`layer ${formatCount(layer)} of ${formatCount(top)}`}
      onChange={(next) => {
        moveCursor(store, next)
      }}
      onKeyDown={(event) => {
        const direction = pageKeys[event.key]
        if (direction === undefined) return
        event.preventDefault()
        moveCursor(store, layer + direction * Math.ceil(top / PAGES))
      }}
    />
  )
}
