import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { keepPage, type TakeOver } from './newVersion.ts'

/** Says that a newer version of the page stands ready, and changes to it when told to. */
export function UpdateNotice() {
  const [takeOver, setTakeOver] = useState<{ readonly run: TakeOver }>()
  // While sources are served there is no built page to keep.
  useEffect(
    () =>
      import.meta.env.PROD
        ? keepPage((run) => {
            setTakeOver({ run })
          })
        : undefined,
    [],
  )
  if (!takeOver) return null
  return (
    <div className="notices" role="status">
      <span>A new version is ready. Settings stay; opened files must be opened again.</span>
      <Button size="compact-xs" variant="default" onClick={takeOver.run}>
        Reload
      </Button>
    </div>
  )
}
