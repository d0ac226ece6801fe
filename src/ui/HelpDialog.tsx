import { Modal } from '@mantine/core'
import { keys } from './keys.ts'
import { PanelHead } from './PanelHead.tsx'

/** What the page is, and its keys. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal.Root opened onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content aria-label="What am I looking at?">
        <Modal.Body>
          <div className="help">
            <PanelHead title="What am I looking at?" onClose={onClose} />
            <p>
              A network with the settings on the left is drawn at random (it is not trained) and run
              in your browser. The signal goes up from the input, layer 0, to the top. A random
              gradient is sent back down from the top. If it explodes or vanishes on the way, such a
              network cannot be trained as it is; if all inputs end in one direction, it cannot tell
              them apart.
            </p>
            <p>
              All numbers are measured on the network that was drawn. Solid lines are measured,
              dashed lines are predicted. Move the layer cursor with a click into a chart or with
              the keys, and share what you see by copying the address.
            </p>
            <p>
              A setting goes back to its default when it is double-clicked, when Delete is pressed
              on it, or when its box is emptied. In the formula above the settings the arrow keys
              choose a symbol, and Enter goes to its control.
            </p>
            <table>
              <tbody>
                {keys.map(({ name, does }) => (
                  <tr key={name}>
                    <th scope="row">
                      <kbd>{name}</kbd>
                    </th>
                    <td>{does}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
