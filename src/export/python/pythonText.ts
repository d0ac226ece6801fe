/** Lines of a section; what a configuration does not need is `false`. */
export type Line = string | false

/** The lines that are there, one below the other. */
export const lines = (...parts: readonly Line[]): string =>
  parts.filter((part) => part !== false).join('\n')

/** Moves every line that is not empty to the right. */
export const indented = (text: string, columns = 4): string =>
  text.replace(/^(?=.)/gm, ' '.repeat(columns))

/** A text that stands inside a Python docstring and cannot end it. */
export const docText = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, '?')
    .replaceAll('\\', '%5C')
    .replaceAll('"', '%22')

const MAX_COLUMNS = 96

/** A flat record of numbers and strings as a Python dictionary, broken to lines. */
export function dictionary(record: Readonly<Record<string, number | string>>): string {
  const rows: string[] = []
  let row = ''
  for (const [key, value] of Object.entries(record)) {
    const entry = `${JSON.stringify(key)}: ${JSON.stringify(value)},`
    if (row !== '' && row.length + 1 + entry.length > MAX_COLUMNS - 4) {
      rows.push(row)
      row = ''
    }
    row = row === '' ? entry : `${row} ${entry}`
  }
  return lines('{', indented([...rows, row].join('\n')), '}')
}
