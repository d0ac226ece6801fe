import { checkEntries, checkSize } from './arrayChecks.ts'
import { decodeNpy, isNpy } from './decodeNpy.ts'
import { ImportError, shown } from './importError.ts'
import type { NamedArray } from './numberFormats.ts'

/** Inputs that somebody brings along: a sample a row. */
export interface ImportedData {
  readonly batch: number
  readonly width: number
  /** [batch, width] */
  readonly x: Float64Array
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

interface Row {
  /** Line of the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The first separator that the text uses, in the order ; tab , blank. */
function separatorOf(line: string): RegExp {
  if (line.includes(';')) return /;/
  if (line.includes('\t')) return /\t/
  return line.includes(',') ? /,/ : /\s+/
}

const bare = (cell: string) =>
  cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()

/** Lines that are neither empty nor comments, cut at the separator of the first of them. */
function rowsOf(text: string): readonly Row[] {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((content, i) => ({ line: i + 1, content: content.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
  const separator = separatorOf(lines[0]?.content ?? '')
  return lines.map(({ line, content }) => ({ line, cells: content.split(separator).map(bare) }))
}

/** A first row without a single number is a row of names. */
function withoutNames(rows: readonly Row[]): readonly Row[] {
  const hasNames = rows[0]?.cells.every((cell) => !NUMBER.test(cell)) ?? false
  return hasNames ? rows.slice(1) : rows
}

function numberOf(cell: string, line: number, column: number): number {
  const value = NUMBER.test(cell) ? Number(cell) : NaN
  if (!Number.isFinite(value))
    throw new ImportError(
      `line ${line}, column ${column}: must be a finite number, got ${shown(cell)}`,
    )
  return value
}

function fromCsv(text: string): NamedArray {
  const rows = withoutNames(rowsOf(text))
  const width = rows[0]?.cells.length ?? 0
  const data = new Float64Array(rows.length * width)
  for (const [a, { line, cells }] of rows.entries()) {
    if (cells.length !== width)
      throw new ImportError(
        `line ${line}: must have ${width} numbers like the first row, got ${cells.length}`,
      )
    for (const [j, cell] of cells.entries()) data[a * width + j] = numberOf(cell, line, j + 1)
  }
  return { name: 'the table', shape: [rows.length, width], data }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ImportError('the file must be a table as UTF-8 text, or .npy')
  }
}

/**
 * Reads inputs from a .npy array of shape [samples, n], or from a table of numbers as text: a sample a
 * line, cut at semicolons, tabs, commas or blanks; `#` starts a comment, a first row of names is skipped.
 *
 * @throws ImportError which says what is wrong and where
 */
export function importData(bytes: Uint8Array): ImportedData {
  const table = isNpy(bytes) ? decodeNpy(bytes, 'the array') : fromCsv(textOf(bytes))
  if (table.shape.length !== 2)
    throw new ImportError(
      `${table.name}: must have two dimensions, samples and units, got ${table.shape.length}`,
    )
  const [batch, width] = table.shape as readonly [number, number]
  checkSize('batch', batch)
  checkSize('width', width)
  checkEntries(table)
  return { batch, width, x: Float64Array.from(table.data) }
}
