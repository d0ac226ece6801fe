import type { NetworkConfig } from '../model/config.ts'

/** Where an exported file comes from, so that anyone can make it again. */
export interface Provenance {
  /** The link that shows the network. */
  readonly link: string
  /** Version of the program that wrote the file. */
  readonly version: string
  readonly config: NetworkConfig
  /** Files that took the place of drawn numbers, in words; the link knows nothing of them. */
  readonly files?: string | undefined
}

export const PROGRAM = 'Depthscope'

/** Characters that a web address may hold as they are. */
const OUTSIDE_ADDRESS = /[^\x21-\x7e]/gu

/** Names of files with nothing in them that could end a line. */
const plainFiles = (files: string) => files.replace(/\p{Cc}/gu, ' ')

/** The link with nothing in it that could end a line or leave ASCII. */
export function plainLink({ link }: Provenance): string {
  return link.replace(OUTSIDE_ADDRESS, (c) => encodeURIComponent(c.replace(/\p{Cs}/u, '\ufffd')))
}

/** The provenance as a record: program, version, link, and files where there are any. */
export function originRecord(provenance: Provenance): Readonly<Record<string, string>> {
  const { version, files } = provenance
  const origin = { program: PROGRAM, version, link: plainLink(provenance) }
  return files ? { ...origin, files: plainFiles(files) } : origin
}

/** The provenance as lines of text: program and version, link, settings. */
export function provenanceLines(provenance: Provenance): readonly string[] {
  const { files } = provenance
  return [
    `${PROGRAM} ${provenance.version}`,
    `link: ${plainLink(provenance)}`,
    `config: ${JSON.stringify(provenance.config)}`,
    ...(files ? [`in place of drawn numbers: ${plainFiles(files)}`] : []),
  ]
}

/** The same as a comment head, every line behind the mark. */
export function commentHead(provenance: Provenance): readonly string[] {
  return provenanceLines(provenance).map((line) => `# ${line}`)
}
