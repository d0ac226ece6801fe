import type { NetworkConfig } from '../model/config.ts'

/** Where an exported file comes from, so that anyone can make it again. */
export interface Provenance {
  /** The link that shows the network. */
  readonly link: string
  /** Version of the program that wrote the file. */
  readonly version: string
  readonly config: NetworkConfig
}

export const PROGRAM = 'Depthscope'

/** Characters that a web address may hold as they are. */
const OUTSIDE_ADDRESS = /[^\x21-\x7e]/gu

/** The link with nothing in it that could end a line or leave ASCII. */
export function plainLink({ link }: Provenance): string {
  return link.replace(OUTSIDE_ADDRESS, (c) => encodeURIComponent(c.replace(/\p{Cs}/u, '\ufffd')))
}

/** The provenance as lines of text: program and version, link, settings. */
export function provenanceLines(provenance: Provenance): readonly string[] {
  return [
    `${PROGRAM} ${provenance.version}`,
    `link: ${plainLink(provenance)}`,
    `config: ${JSON.stringify(provenance.config)}`,
  ]
}

/** The same as a comment head, every line behind the mark. */
export function commentHead(provenance: Provenance): readonly string[] {
  return provenanceLines(provenance).map((line) => `# ${line}`)
}
