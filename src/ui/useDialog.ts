import { useDisclosure } from '@mantine/hooks'
import { useRef } from 'react'

/** Something that is fetched and put on the page when it is wanted; what opened it gets the focus back. */
export function useDialog() {
  const [isOpen, disclosure] = useDisclosure()
  const opener = useRef<Element | null>(null)
  const open = () => {
    opener.current = document.activeElement
    disclosure.open()
  }
  const close = () => {
    disclosure.close()
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  return { isOpen, open, close }
}
