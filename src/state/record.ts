import type { Field } from '../model/field.ts'

export type Fields = Readonly<Record<string, Field<unknown>>>

/** `key in record` for its own keys alone, so that `__proto__` is nobody's field. */
export function isKeyOf<T extends object>(record: T, key: string): key is keyof T & string {
  return Object.hasOwn(record, key)
}

/** Key and text of every value that is written differently from its base, in the table's order. */
export function changedEntries(
  fields: object,
  values: object,
  base: object,
): readonly (readonly [string, string])[] {
  const textOf = (source: object, key: string, field: Field<unknown>) =>
    field.format((source as Record<string, unknown>)[key])
  return Object.entries(fields as Fields).flatMap(([key, field]) => {
    const text = textOf(values, key, field)
    return text === textOf(base, key, field) ? [] : [[key, text] as const]
  })
}
