import { createElement, type ReactElement } from 'react'

/** Presentation MathML as React elements (React's types do not know its tags). */
export type MathNode = ReactElement

const leaf = (tag: string) => (text: string) => createElement(tag, null, text)
const branch =
  (tag: string) =>
  (...children: readonly MathNode[]) =>
    createElement(tag, null, ...children)

export const identifier = leaf('mi')
export const number = leaf('mn')
export const operator = leaf('mo')
/** An operator between two terms, also where the second is marked and so stands in a row of its own. */
export const between = (sign: string): MathNode => createElement('mo', { form: 'infix' }, sign)
export const words = leaf('mtext')
export const thinSpace: MathNode = createElement('mspace', { width: '0.17em' })
export const row = branch('mrow')
const subscript = branch('msub')
const superscript = branch('msup')
const both = branch('msubsup')

export const root = branch('msqrt')

export const sub = (base: MathNode, index: MathNode) => subscript(base, index)
export const sup = (base: MathNode, exponent: MathNode) => superscript(base, exponent)
export const subsup = (base: MathNode, index: MathNode, exponent: MathNode) =>
  both(base, index, exponent)
export const fenced = (...children: readonly MathNode[]) =>
  row(operator('('), ...children, operator(')'))
export const math = (...children: readonly MathNode[]) =>
  createElement('math', { display: 'block' }, ...children)
export const inlineMath = branch('math')
/** Something that a setting of the page decides, marked with its name. */
export const decidedBy = (key: string, ...children: readonly MathNode[]) =>
  createElement('mrow', { 'data-control': key }, ...children)
