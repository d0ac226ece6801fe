import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { copyText } from '../copyText.ts'

interface CopyFieldProps {
  readonly label: string
  readonly text: string
}

/** A text to be copied: by its button, or by hand where the browser lets no page copy. */
export function CopyField({ label, text }: CopyFieldProps) {
  const id = useId()
  const [copied, setCopied] = useState<{ readonly text: string; readonly isDone: boolean }>()
  const isCurrent = copied?.text === text
  const copy = async () => {
    setCopied({ text, isDone: await copyText(text) })
  }
  return (
    <div className="copy-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        readOnly
        value={text}
        onFocus={({ currentTarget }) => {
          currentTarget.select()
        }}
      />
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Copy: ${label}`}
        onClick={() => {
          void copy()
        }}
      >
        {isCurrent && copied.isDone ? 'Copied' : 'Copy'}
      </Button>
      {isCurrent && !copied.isDone && (
        <p role="alert">This browser lets no page copy: select the text and copy it by hand.</p>
      )}
    </div>
  )
}
