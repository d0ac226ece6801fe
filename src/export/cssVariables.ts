/** Values of CSS variables, by name with the two hyphens. */
export type CssVariables = Readonly<Record<string, string>>

/** Variables may be defined by variables; a longer chain than this is a circle. */
const MAX_CHAIN = 16

/** Names of the variables that a text uses, so that a page need look up no others. */
export function usedVariables(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/var\(\s*(--[^\s,)]+)/g), (match) => match[1]!))]
}

/** Where the parenthesis that opens at `open` closes; the end of the text if it does not. */
function closingParenthesis(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i
  }
  return text.length
}

function valueOf(call: string, variables: CssVariables, chain: number): string {
  const comma = call.indexOf(',')
  const name = (comma < 0 ? call : call.slice(0, comma)).trim()
  const value = Object.hasOwn(variables, name) ? variables[name]!.trim() : ''
  const fallback = comma < 0 ? undefined : call.slice(comma + 1).trim()
  const found = value === '' ? fallback : value
  if (found === undefined || chain >= MAX_CHAIN)
    throw new Error(
      `resolveVariables: ${name} must be given a value that does not lead in a circle`,
    )
  return resolveVariables(found, variables, chain + 1)
}

/**
 * Replaces every `var(--name)` and `var(--name, fallback)` in a piece of CSS by its value.
 *
 * @throws if a variable has neither value nor fallback
 */
export function resolveVariables(css: string, variables: CssVariables, chain = 0): string {
  const start = css.search(/\bvar\(/)
  if (start < 0) return css
  const end = closingParenthesis(css, start + 3)
  const value = valueOf(css.slice(start + 4, end), variables, chain)
  const rest = resolveVariables(css.slice(end + 1), variables, chain)
  return css.slice(0, start) + value + rest
}
