import type { Field } from '../model/field.ts'

/** A field that may be absent from the state: `null` is its default and is never written. */
export function optional<T>(field: Field<T>): Field<T | null> {
  const format = (value: T | null) => (value === null ? '' : field.format(value))
  return { initial: null, legal: field.legal, parse: field.parse, format }
}

const NAME = /^[a-z][a-z0-9_-]{0,39}$/i

/** An identifier of something that this floor does not know the list of (a lesson, a chart). */
export const name: Field<string> = {
  initial: '',
  legal: 'a name of letters, digits, - and _',
  parse: (text) => (NAME.test(text) ? text : undefined),
  format: (value) => value,
}

/** A name of something that belongs to something else that has a name, as `chart:look`. */
export const namedName: Field<string> = {
  initial: '',
  legal: 'two names with a colon between them',
  parse: (text) => {
    const parts = text.split(':')
    return parts.length === 2 && parts.every((part) => NAME.test(part)) ? text : undefined
  },
  format: (value) => value,
}

/** Up to `max` items joined by commas, none twice; the empty list is the default. */
export function list<T>(item: Field<T>, max: number): Field<readonly T[]> {
  const parse = (text: string) => {
    if (text === '') return []
    const texts = text.split(',', max + 1)
    if (texts.length > max || new Set(texts).size < texts.length) return undefined
    const values = texts.map((part) => item.parse(part))
    return values.every((value) => value !== undefined) ? values : undefined
  }
  const legal = `up to ${max}, joined by commas, none twice, each ${item.legal}`
  return { initial: [], legal, parse, format: (values) => values.map(item.format).join(',') }
}
