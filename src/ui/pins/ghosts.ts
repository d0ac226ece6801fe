import { useMemo } from 'react'
import type { Ghost } from '../../charts/chart.ts'
import { pinName } from '../../state/pinned.ts'
import { usePageState } from '../page.ts'

/** The pinned runs that there are, numbered as in the list of pins. */
export function useGhosts(): readonly Ghost[] {
  const pins = usePageState(({ link }) => link.view.pin)
  const pinned = usePageState((state) => state.pinned)
  return useMemo(
    () =>
      pins.flatMap((pin, i) => {
        const run = pinned[pinName(pin)]
        return run ? [{ number: i + 1, ...run }] : []
      }),
    [pins, pinned],
  )
}
