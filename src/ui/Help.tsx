import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useDialog } from './useDialog.ts'

const HelpDialog = lazy(async () => ({ default: (await import('./HelpDialog.tsx')).HelpDialog }))

/** Opens what the page says of itself. */
export function Help() {
  const { isOpen, open, close } = useDialog()
  return (
    <>
      <Button size="compact-sm" variant="default" aria-label="Help" onClick={open}>
        ?
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <HelpDialog onClose={close} />
        </Suspense>
      )}
    </>
  )
}
