import { useDisclosure } from '@mantine/hooks'
import { useCallback, useRef } from 'react'

/** Something that is fetched and put on the page when it is wanted; what opened it gets the focus back. */
export function useDialog() {
  const [isOpen, { open: show, close: hide }] = useDisclosure()
  const opener = useRef<Element | null>(null)
  const open = useCallback(() => {
    opener.current = document.activeElement
    show()
  }, [show])
  const close = () => {
    hide()
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  return { isOpen, open, close }
}
