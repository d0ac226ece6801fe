import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { Predicted } from '../../charts/chart.ts'
import { ChartGrid } from '../ChartGrid.tsx'
import { usePage, usePageState } from '../page.ts'
import { pageLink, withView } from '../pageLink.ts'
import { Notices, RunStatus } from '../Status.tsx'
import { usePlayback } from '../playback.ts'
import { talkToParent } from './messages.ts'

interface EmbedViewProps {
  readonly scheme: 'light' | 'dark'
  readonly theory: Predicted | undefined
}

/** Charts alone, for a frame in another page. */
export function EmbedView({ scheme, theory }: EmbedViewProps) {
  const { store } = usePage()
  const link = usePageState((state) => state.link)
  const content = useRef<HTMLElement>(null)
  const isCalm = useMediaQuery('(prefers-reduced-motion: reduce)')
  usePlayback(store, isCalm)
  useEffect(() => (content.current ? talkToParent(store, content.current) : undefined), [store])
  return (
    <main className="embed" ref={content}>
      <h1 className="unseen">Depthscope</h1>
      <Notices />
      <RunStatus />
      <ChartGrid scheme={scheme} theory={theory} />
      <a href={pageLink(withView(link, { embed: 0, charts: [] }))} target="_blank" rel="noopener">
        Open in Depthscope
      </a>
    </main>
  )
}
