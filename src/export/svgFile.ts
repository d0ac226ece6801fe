import { type CssVariables, resolveVariables } from './cssVariables.ts'
import { escapeXml } from './escapeXml.ts'
import { originRecord, type Provenance } from './provenance.ts'

/** A drawing on the page and what it takes from the page around it. */
export interface SvgSource {
  /** outerHTML of the svg element. */
  readonly svg: string
  /** Size of the drawing in px. */
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  /** Values of the CSS variables that the drawing and its style rules use. */
  readonly variables: CssVariables
  /** Style rules for the classes of the drawing. */
  readonly css: string
  /** CSS properties that the drawing inherits from the page: font-family, color... */
  readonly inherited: Readonly<Record<string, string>>
  /** Colour behind the drawing; transparent without one. */
  readonly background?: string | undefined
  readonly provenance: Provenance
}

const TAG = /<(\/?)([a-zA-Z][^\s/>]*)((?:\s+[^\s=/>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/g
const ATTRIBUTE = /([^\s=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g

/** Attributes that only work inside the page. */
const PAGE_ONLY = new Set(['tabindex', 'aria-labelledby', 'aria-describedby', 'aria-controls'])

const ENTITY = /&(?:(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+)|nbsp);|[&<"]/gi

/** Makes what HTML writes in an attribute or between tags fit for XML, which knows five entities. */
const toXml = (text: string) =>
  text.replace(ENTITY, (found: string, known: string | undefined) => {
    if (known !== undefined) return found
    return found === '&nbsp;' ? '&#160;' : escapeXml(found)
  })

function attributesOf(text: string, variables: CssVariables): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    if (PAGE_ONLY.has(name!)) continue
    found.set(name!, toXml(resolveVariables(double ?? single ?? '', variables)))
  }
  return found
}

const written = (attributes: ReadonlyMap<string, string>) =>
  [...attributes].map(([name, value]) => ` ${name}="${value}"`).join('')

/** The markup between the root's tags: well-formed, variables replaced. */
function contentOf(inner: string, variables: CssVariables): string {
  const markup = inner.replace(/<!--[\s\S]*?-->/g, '')
  let [out, at] = ['', 0]
  for (const { 0: tag, 1: slash, 2: name, 3: attributes, 4: end, index } of markup.matchAll(TAG)) {
    out += toXml(markup.slice(at, index))
    out += `<${slash!}${name!}${written(attributesOf(attributes!, variables))}${end!}>`
    at = index + tag.length
  }
  return out + toXml(markup.slice(at))
}

function splitRoot(svg: string): { readonly attributes: string; readonly inner: string } {
  const root = new RegExp(TAG.source).exec(svg)
  const end = svg.lastIndexOf('</')
  if (root?.[2] !== 'svg' || svg.slice(0, root.index).trim() !== '' || end < root.index)
    throw new Error(`svgFile: the drawing must be one svg element, got ${svg.slice(0, 40)}`)
  return { attributes: root[3]!, inner: svg.slice(root.index + root[0].length, end) }
}

function rootTag(source: SvgSource, text: string): string {
  const { width, height, inherited, variables } = source
  const own = attributesOf(text, variables)
  const style = Object.entries(inherited).map(([name, value]) => `${name}:${escapeXml(value)}`)
  const ownStyle = own.get('style')
  if (ownStyle) style.push(ownStyle)
  const namespaces = [['xmlns', 'http://www.w3.org/2000/svg']] as const
  const fixed = [
    ['width', String(width)],
    ['height', String(height)],
    ['viewBox', own.get('viewBox') ?? `0 0 ${width} ${height}`],
    ['role', 'img'],
    ['style', style.join(';')],
  ] as const
  return `<svg${written(new Map([...namespaces, ...own, ...fixed]))}>`
}

function metadata({ provenance }: SvgSource): string {
  const record = { ...originRecord(provenance), config: provenance.config }
  return `<metadata>${escapeXml(JSON.stringify(record))}</metadata>`
}

/**
 * A drawing on the page as an SVG file that needs nothing else: size, colours and fonts written in,
 * title and description for those who do not see it, and the link, version and settings as metadata.
 *
 * @throws if the text is not one svg element, or a CSS variable has neither value nor fallback
 */
export function svgFile(source: SvgSource): string {
  const { attributes, inner } = splitRoot(source.svg)
  const { variables, css, title, description, background } = source
  const rules = resolveVariables(css, variables)
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    rootTag(source, attributes),
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    metadata(source),
    rules.trim() === '' ? '' : `<style>${escapeXml(rules)}</style>`,
    background === undefined ? '' : backdrop(background),
    contentOf(inner, variables),
    '</svg>\n',
  ]
  return parts.join('')
}

const backdrop = (colour: string) =>
  `<rect width="100%" height="100%" style="fill:${escapeXml(colour)};stroke:none"/>`
