import {
  identifier,
  type MathNode,
  number,
  operator,
  root,
  row,
  sub,
  subsup,
  sup,
  thinSpace,
  words,
} from '../mathml.ts'

const TOKEN = /"[^"]*"|\d+(?:\.\d+)?|\p{L}+|[^\s]/gu
const NAME = /^\p{L}/u

/**
 * A formula as MathML. Names, numbers and signs stand for themselves; `_` and `^` lower and raise what
 * follows, braces hold together, `√` takes what follows, and words stand in quotes:
 * `x_l = φ(W_l x_{l−1})`, `√{2 l} "layers"`.
 */
export function formula(text: string): readonly MathNode[] {
  const reader = new Reader(text.match(TOKEN) ?? [])
  return reader.sequence()
}

class Reader {
  private readonly tokens: readonly string[]
  private at = 0

  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  /** All up to the end or the closing brace, which is taken. */
  sequence(): readonly MathNode[] {
    const nodes: MathNode[] = []
    while (this.at < this.tokens.length) {
      if (this.takes('}')) break
      nodes.push(this.scripted())
    }
    return nodes
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at++
    return true
  }

  private scripted(): MathNode {
    const base = this.primed()
    const lower = this.takes('_') ? this.atom() : undefined
    const upper = this.takes('^') ? this.atom() : undefined
    if (lower && upper) return subsup(base, lower, upper)
    if (lower) return sub(base, lower)
    return upper ? sup(base, upper) : base
  }

  private primed(): MathNode {
    const base = this.atom()
    return this.takes('′') ? row(base, operator('′')) : base
  }

  private atom(): MathNode {
    const token = this.tokens[this.at++] ?? ''
    if (token === '{') return row(...this.sequence())
    if (token === '√') return root(this.atom())
    if (/^\d/.test(token)) return number(token)
    if (token.startsWith('"')) return words(token.slice(1, -1))
    return NAME.test(token) ? this.name(token) : operator(token)
  }

  /** The name of a function stands a little off its argument. */
  private name(token: string): MathNode {
    const isBeforeName = token.length > 1 && NAME.test(this.tokens[this.at] ?? '')
    return isBeforeName ? row(identifier(token), thinSpace) : identifier(token)
  }
}
