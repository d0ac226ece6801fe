import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'

const HelpDialog = lazy(async () => ({ default: (await import('./HelpDialog.tsx')).HelpDialog }))

/** Opens what the page says of itself. */
export function HelpButton({ onOpen }: { onOpen: () => void }) {
  return (
    <Button size="compact-sm" variant="default" aria-label="Help" title="Help (?)" onClick={onOpen}>
      ?
    </Button>
  )
}

interface HelpProps {
  readonly isOpen: boolean
  readonly close: () => void
}

/** What the page says of itself, once it is asked. */
export function Help({ isOpen, close }: HelpProps) {
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <HelpDialog onClose={close} />
    </Suspense>
  )
}
