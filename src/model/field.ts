/** One key of the link: its default, what is legal, and its text form. */
export interface Field<T> {
  readonly initial: T
  /** What is legal, in words, for notices and errors. */
  readonly legal: string
  /** The value a text stands for; `undefined` where it is not legal. */
  readonly parse: (text: string) => T | undefined
  readonly format: (value: T) => string
}

/** A field whose type does not matter. */
export interface AnyField {
  readonly initial: unknown
  readonly legal: string
  readonly parse: (text: string) => unknown
  readonly format: (value: never) => string
}

/** A numeric field with a closed range. */
export interface Range extends Field<number> {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}

/** A field with a menu. */
export interface Choice<K extends string> extends Field<K> {
  readonly options: readonly K[]
}

export type ValueOf<F> = F extends Field<infer T> ? T : never

interface Bounds {
  readonly min: number
  readonly max: number
  readonly initial: number
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function range({ min, max, initial }: Bounds, whole: boolean): Range {
  const isLegal = (value: number) =>
    value >= min && value <= max && (!whole || Number.isInteger(value))
  const parse = (text: string) => {
    const value = DECIMAL.test(text) ? Number(text) : NaN
    // + 0 turns -0 into 0, which is written the same way.
    return isLegal(value) ? value + 0 : undefined
  }
  const legal = `${whole ? 'a whole number' : 'a number'} from ${min} to ${max}`
  return { min, max, initial, whole, legal, parse, format: String }
}

export const integer = (bounds: Bounds): Range => range(bounds, true)
export const real = (bounds: Bounds): Range => range(bounds, false)

export function choice<K extends string>(options: readonly K[], initial: NoInfer<K>): Choice<K> {
  const parse = (text: string) => options.find((option) => option === text)
  return { options, initial, legal: `one of ${options.join(' ')}`, parse, format: (value) => value }
}

/** A switch, off by default, written as 0 and 1. */
export function flag(): Field<0 | 1> & { readonly isFlag: true } {
  const parse = (text: string) => (text === '0' ? 0 : text === '1' ? 1 : undefined)
  return { initial: 0, legal: '0 or 1', parse, format: String, isFlag: true }
}
