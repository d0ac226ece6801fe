/** One element of a document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

const TOKEN = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
const REFERENCE = /&(amp|lt|gt|quot|apos|#\d+);/g
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function unescaped(text: string): string {
  if (/&/.test(text.replace(REFERENCE, ''))) throw new Error(`parseXml: stray & in ${text}`)
  return text.replace(
    REFERENCE,
    (_, name: string) => NAMED[name] ?? String.fromCodePoint(Number(name.slice(1))),
  )
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, value] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (name! in found) throw new Error(`parseXml: ${name} is given twice`)
    found[name!] = unescaped(value!)
  }
  return found
}

/** A strict reader of the XML that these tests need: throws on everything that is not well-formed. */
export function parseXml(text: string): Element {
  const body = text.replace(/^<\?xml [^?]*\?>\s*/, '').trimEnd()
  const root = { name: '', attributes: {}, children: [] as (Element | string)[] }
  const open = [root]
  let at = 0
  for (const token of body.matchAll(TOKEN)) {
    at += token[0].length
    const [, slash, name, attributes, end, chars] = token
    if (chars !== undefined) open.at(-1)!.children.push(unescaped(chars))
    else if (slash === '/') {
      if (open.pop()?.name !== name) throw new Error(`parseXml: ${name} closes what is not open`)
    } else {
      const element = { name: name!, attributes: attributesOf(attributes!), children: [] }
      open.at(-1)!.children.push(element)
      if (end !== '/') open.push(element)
    }
  }
  if (at !== body.length) throw new Error(`parseXml: stuck at ${body.slice(at, at + 40)}`)
  if (open.length !== 1 || root.children.length !== 1)
    throw new Error('parseXml: one root expected')
  return root.children[0] as Element
}

/** All elements of a name, in the order of the document. */
export function elements(root: Element, name: string): readonly Element[] {
  const below = root.children.flatMap((child) =>
    typeof child === 'string' ? [] : elements(child, name),
  )
  return root.name === name ? [root, ...below] : below
}
