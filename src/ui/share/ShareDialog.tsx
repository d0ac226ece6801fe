import { Modal, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import { charts } from '../../charts/index.ts'
import { embedSnippet } from '../../export/embedSnippet.ts'
import { markdownLink } from '../../export/markdown.ts'
import { qrSvg } from '../../export/qrSvg.ts'
import type { LinkState } from '../../state/fields.ts'
import { filesInUse, fileWords } from '../../state/files.ts'
import { PanelHead } from '../PanelHead.tsx'
import { usePageState } from '../page.ts'
import { pageLink, withView } from '../pageLink.ts'
import { captionOf } from './captions.ts'
import { CopyField } from './CopyField.tsx'
import { LinkBuilder } from './LinkBuilder.tsx'
import './linkBuilder.css'

/** Room for one chart with its legend on two lines; a page that listens gets the exact height. */
const FRAME_HEIGHT = 420

/** Everything that sends somebody else to what is on show. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const state = usePageState(({ link }) => link)
  const link = pageLink(state)
  const caption = captionOf(state)
  return (
    <Modal.Root opened onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content aria-label="Share">
        <Modal.Body>
          <PanelHead title="Share" onClose={onClose} />
          <p className="share-words">
            The link holds every setting: whoever opens it sees the same network and the same
            numbers.
          </p>
          <FileWarning />
          <CopyField label="Link" text={link} />
          <CopyField label="Markdown" text={markdownLink(caption, link)} />
          <LinkBuilder state={state} />
          <Frame state={state} caption={caption} />
          <QrCode link={link} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** No link can hold a file. */
function FileWarning() {
  const words = usePageState(({ files, link }) => fileWords(filesInUse(files, link.network)))
  if (words === '') return null
  return (
    <p className="share-words" role="status">
      The link cannot hold the {words}: whoever opens it sees drawn numbers in their place.
    </p>
  )
}

/** HTML that shows one chart inside another page. */
function Frame({ state, caption }: { state: LinkState; caption: string }) {
  const [chart, setChart] = useState(charts[0]?.id ?? '')
  const link = pageLink(withView(state, { embed: 1, charts: [chart] }))
  return (
    <>
      <CopyField
        label="Frame for another page"
        text={embedSnippet({ link, title: caption, heightPx: FRAME_HEIGHT })}
      />
      <NativeSelect
        size="xs"
        className="share-chart"
        label="Chart in the frame"
        value={chart}
        data={charts.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={({ currentTarget }) => {
          setChart(currentTarget.value)
        }}
      />
    </>
  )
}

function codeOf(link: string): string | null {
  try {
    return qrSvg(link, 'Link to this page')
  } catch {
    return null
  }
}

function QrCode({ link }: { link: string }) {
  const code = useMemo(() => codeOf(link), [link])
  if (code === null) return <p className="share-words">The link is too long for a QR code.</p>
  const source = `data:image/svg+xml,${encodeURIComponent(code)}`
  return <img className="share-code" src={source} alt="QR code of the link" />
}
