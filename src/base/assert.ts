/** Throws when `condition` is false. Message form: "function: what must hold, got value". */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}

/** Marks the end of an exhaustive switch: a case that the compiler proves impossible. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: got ${JSON.stringify(value)}`)
}
