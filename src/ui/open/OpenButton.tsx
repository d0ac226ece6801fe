import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useDialog } from '../useDialog.ts'

const OpenDialog = lazy(async () => ({
  default: (await import('./OpenDialog.tsx')).OpenDialog,
}))

/** Opens files of weights and inputs; what does it is fetched when it is wanted. */
export function OpenButton() {
  const { isOpen, open, close } = useDialog()
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        Open
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <OpenDialog onClose={close} />
        </Suspense>
      )}
    </>
  )
}
