/** Characters that mean something inside the text of a Markdown link. */
const SPECIAL_IN_TEXT = /[\\`*_[\]<>!&#]/g

/** A Markdown link: its text taken literally, its address safe inside the brackets. */
export function markdownLink(text: string, link: string): string {
  const label = text.replace(/\s+/g, ' ').replace(SPECIAL_IN_TEXT, (c) => `\\${c}`)
  const address = link.replace(/[\s<>()\\]/g, percentEncoded)
  return `[${label}](${address})`
}

function percentEncoded(character: string): string {
  const code = character.charCodeAt(0)
  if (code > 0x7f) return encodeURIComponent(character)
  return `%${code.toString(16).toUpperCase().padStart(2, '0')}`
}
