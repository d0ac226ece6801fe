import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useDialog } from './useDialog.ts'

const ShareDialog = lazy(async () => ({
  default: (await import('./share/ShareDialog.tsx')).ShareDialog,
}))

/** Opens what sends others to this page; fetched when it is opened. */
export function ShareButton() {
  const { isOpen, open, close } = useDialog()
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        Share
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ShareDialog onClose={close} />
        </Suspense>
      )}
    </>
  )
}
