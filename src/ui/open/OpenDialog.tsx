import { Modal } from '@mantine/core'
import { useState } from 'react'
import { usePage } from '../page.ts'
import { PanelHead } from '../PanelHead.tsx'
import { openFile } from './openFile.ts'

const ACCEPTED = '.npz,.npy,.safetensors,.csv,.tsv,.txt'

/** Says which files can be opened, and opens one. */
export function OpenDialog({ onClose }: { onClose: () => void }) {
  const { store } = usePage()
  const [failure, setFailure] = useState('')
  const open = async (file: File) => {
    const words = await openFile(store, file)
    setFailure(words)
    if (words === '') onClose()
  }
  return (
    <Modal.Root opened onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content aria-label="Open a file">
        <Modal.Body>
          <PanelHead title="Open a file" onClose={onClose} />
          <Explanation />
          <label className="open-file">
            File of weights or inputs
            <input
              type="file"
              accept={ACCEPTED}
              onChange={({ currentTarget }) => {
                const file = currentTarget.files?.[0]
                if (file) void open(file)
                // The same file can be chosen again when it has been mended.
                currentTarget.value = ''
              }}
            />
          </label>
          {failure !== '' && (
            <p className="open-failure" role="alert">
              {failure}
            </p>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Explanation() {
  return (
    <div className="share-words">
      <p>
        Your own network or data on the same charts, in place of drawn ones. The file stays on this
        machine. It can also be dropped anywhere on the page.
      </p>
      <ul>
        <li>
          <strong>Weights</strong>: .npz or .safetensors with square matrices whose names number the
          layers (layers.0.weight, layers.1.weight …; biases are found by name), or one array w of
          shape [layers, n, n] as .npz or .npy. “Network (.npz)” under Export writes such a file.
        </li>
        <li>
          <strong>Inputs</strong>: a table as .csv or .txt, a sample a line, or .npy of shape
          [samples, n].
        </li>
      </ul>
    </div>
  )
}
