import { Button } from '@mantine/core'
import { canPin, pinPresent } from '../../state/pinned.ts'
import { usePage, usePageState } from '../page.ts'

const FULL = 'This network is pinned already, or there are as many as there is room for.'

/** Keeps the present run behind those that follow. */
export function PinButton() {
  const { store } = usePage()
  const isFree = usePageState(canPin)
  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={!isFree}
      title={isFree ? 'Keep this run behind the next ones (P)' : FULL}
      onClick={() => {
        pinPresent(store)
      }}
    >
      Pin
    </Button>
  )
}
