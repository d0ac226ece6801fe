// A chart as it stands on the page, as one svg element that looks the same elsewhere.

import { canvasAt } from '../../charts/parts/canvasAt.ts'

const SVG = 'http://www.w3.org/2000/svg'
const PADDING = 8
const TITLE_HEIGHT = 28
/** Where the baseline is in a line of text, from its top, as a share of its height. */
const BASELINE = 0.8
/** Places are right to a ten-thousandth of a px: a third of one must stay on the grid of a PNG. */
const ROUNDING = 1e4

/** What a shape takes from those around it, and so is written only where it changes. */
const INHERITED = [
  'color',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
] as const

export interface Drawing {
  readonly svg: string
  readonly width: number
  readonly height: number
  readonly background: string
}

function styleOf(own: CSSStyleDeclaration, around: CSSStyleDeclaration | null): string {
  const changed = INHERITED.map((name) => [name, own.getPropertyValue(name)] as const).filter(
    ([name, value]) => value !== around?.getPropertyValue(name),
  )
  const opacity = own.opacity === '1' ? [] : [['opacity', own.opacity] as const]
  const hidden = own.display === 'none' ? [['display', 'none'] as const] : []
  return [...changed, ...opacity, ...hidden].map(([name, value]) => `${name}:${value}`).join(';')
}

/** Writes the looks of an element and all below it into its copy. */
function writeLooks(original: Element, copy: Element, around: CSSStyleDeclaration | null): void {
  const own = getComputedStyle(original)
  copy.removeAttribute('class')
  copy.setAttribute('style', styleOf(own, around))
  if (!copy.getAttribute('style')) copy.removeAttribute('style')
  const copies = [...copy.children]
  for (const [i, child] of [...original.children].entries()) {
    const twin = copies[i]
    if (twin) writeLooks(child, twin, own)
  }
}

/** The paper that a drawing is copied to: where it begins on the screen, and how fine it is. */
interface Paper {
  readonly left: number
  readonly top: number
  /** Pixels of an image to one px of the drawing. */
  readonly scale: number
}

function place(element: Element, { left, top, width, height }: DOMRect, paper: Paper): void {
  write(element, { x: left - paper.left, y: top - paper.top, width, height })
}

function write(element: Element, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers))
    element.setAttribute(name, String(Math.round(value * ROUNDING) / ROUNDING))
}

function copyOfSvg(original: Element, paper: Paper): Element {
  const copy = original.cloneNode(true) as Element
  writeLooks(original, copy, null)
  for (const attribute of ['role', 'aria-label', 'aria-hidden']) copy.removeAttribute(attribute)
  place(copy, original.getBoundingClientRect(), paper)
  return copy
}

/** Drawn anew for the paper, on its grid of pixels: what is sharp on the screen is sharp in the file. */
function copyOfCanvas(original: HTMLCanvasElement, paper: Paper): Element {
  const { scale } = paper
  const onGrid = (at: number) => Math.round(at * scale) / scale
  const { left, top, width, height } = original.getBoundingClientRect()
  const copy = document.createElementNS(SVG, 'image')
  copy.setAttribute('href', canvasAt(original, scale).toDataURL('image/png'))
  copy.setAttribute('preserveAspectRatio', 'none')
  const [x, y] = [onGrid(left - paper.left), onGrid(top - paper.top)]
  write(copy, { x, y, width: onGrid(width), height: onGrid(height) })
  return copy
}

function textElement(text: string, x: number, y: number, style: CSSStyleDeclaration): Element {
  const element = document.createElementNS(SVG, 'text')
  element.setAttribute('x', x.toFixed(1))
  element.setAttribute('y', y.toFixed(1))
  const { fontFamily, fontSize, fontWeight, color } = style
  element.setAttribute(
    'style',
    `font-family:${fontFamily};font-size:${fontSize};font-weight:${fontWeight};fill:${color}`,
  )
  element.textContent = text
  return element
}

/** The words of a text, line by line as the page has broken them. */
function linesOf(node: Text): readonly { readonly text: string; readonly box: DOMRect }[] {
  const lines = new Map<number, { text: string; box: DOMRect }>()
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    const range = document.createRange()
    range.setStart(node, index)
    range.setEnd(node, index + word.length)
    const box = range.getBoundingClientRect()
    const line = lines.get(Math.round(box.top))
    if (line) line.text += ` ${word}`
    else if (box.width > 0) lines.set(Math.round(box.top), { text: word, box })
  }
  return [...lines.values()]
}

function copiesOfText(node: Text, paper: Paper): readonly Element[] {
  const style = node.parentElement ? getComputedStyle(node.parentElement) : null
  if (!style) return []
  return linesOf(node).map(({ text, box }) =>
    textElement(text, box.left - paper.left, box.top - paper.top + BASELINE * box.height, style),
  )
}

/** A scale of colours, left to right, which the page paints as the background of a box. */
function copyOfScale(box: Element, gradient: string, paper: Paper): readonly Element[] {
  const colours = gradient.match(/rgba?\([^)]*\)/g) ?? []
  const scale = document.createElementNS(SVG, 'linearGradient')
  for (const [i, colour] of colours.entries()) {
    const stop = document.createElementNS(SVG, 'stop')
    stop.setAttribute('offset', String(i / (colours.length - 1)))
    stop.setAttribute('style', `stop-color:${colour}`)
    scale.append(stop)
  }
  const bar = document.createElementNS(SVG, 'rect')
  place(bar, box.getBoundingClientRect(), paper)
  scale.id = `scale-${bar.getAttribute('x') ?? ''}-${bar.getAttribute('y') ?? ''}`
  bar.setAttribute('style', `fill:url(#${scale.id})`)
  return [scale, bar]
}

/** Not part of the picture: title and buttons, curves that are switched off, and what is only heard. */
const LEFT_OUT = 'figcaption, .spoken, [aria-pressed="false"], select, input'

function copiesOf(node: Node, paper: Paper): readonly Element[] {
  if (node instanceof Text) return copiesOfText(node, paper)
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return []
  if (node instanceof SVGSVGElement) return [copyOfSvg(node, paper)]
  if (node instanceof HTMLCanvasElement) return [copyOfCanvas(node, paper)]
  const { backgroundImage } = getComputedStyle(node)
  const scale = backgroundImage.startsWith('linear-gradient(')
    ? copyOfScale(node, backgroundImage, paper)
    : []
  return [...scale, ...[...node.childNodes].flatMap((child) => copiesOf(child, paper))]
}

/**
 * The drawing in a chart's figure, its legend included, with images at `scale` pixels to one px; throws in words
 * for the visitor where there is none.
 */
export function drawingOf(figure: Element, title: string, scale: number): Drawing {
  if (!figure.querySelector('.chart-body svg'))
    throw new Error('There is no drawing to save: switch from the table to the chart.')
  const box = figure.getBoundingClientRect()
  const bottom = figure.querySelector('figcaption')?.getBoundingClientRect().bottom ?? box.top
  const paper = { left: box.left - PADDING, top: bottom - PADDING - TITLE_HEIGHT, scale }
  const [width, height] = [box.width + 2 * PADDING, box.bottom - paper.top + PADDING]
  const style = getComputedStyle(figure.querySelector('h2') ?? figure)
  const root = document.createElementNS(SVG, 'svg')
  root.append(textElement(title, PADDING, TITLE_HEIGHT - PADDING, style))
  for (const copy of copiesOf(figure, paper)) root.append(copy)
  const background = getComputedStyle(document.body).backgroundColor
  return { svg: root.outerHTML, width: Math.ceil(width), height: Math.ceil(height), background }
}
