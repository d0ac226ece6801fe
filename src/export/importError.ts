/** What is wrong with a file that somebody brings along: said in full, what and where. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

const MAX_SHOWN_CHARACTERS = 60

/** A text from the file, short enough to stand in a message. */
export function shown(text: string): string {
  const short =
    text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text
  return JSON.stringify(short)
}
