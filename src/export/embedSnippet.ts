import { escapeXml } from './escapeXml.ts'

export interface EmbedOptions {
  readonly link: string
  /** What the frame is called for those who do not see it. */
  readonly title: string
  readonly heightPx: number
}

/** HTML that shows a link in a frame as wide as the page it stands on. */
export function embedSnippet({ link, title, heightPx }: EmbedOptions): string {
  const source = escapeXml(link)
  return `<iframe src="${source}" title="${escapeXml(title)}" width="100%" height="${heightPx}" style="border:0" loading="lazy"></iframe>`
}
