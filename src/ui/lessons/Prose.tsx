import { Fragment, type ReactNode } from 'react'
import { inlineMath, math } from '../mathml.ts'
import { formula } from './formula.ts'

/** Parts of a paragraph: stressed words between stars, formulas between dollars, and the rest. */
const PARTS = /(\*[^*]+\*|\$[^$]+\$)/

function part(text: string): ReactNode {
  if (text.startsWith('$')) return inlineMath(...formula(text.slice(1, -1)))
  return text.startsWith('*') ? <em>{text.slice(1, -1)}</em> : text
}

function Words({ text }: { text: string }) {
  return text.split(PARTS).map((piece, i) => <Fragment key={i}>{part(piece)}</Fragment>)
}

/** A paragraph of a lesson; one that is a formula and nothing else stands by itself. */
export function Prose({ text }: { text: string }) {
  const isFormula = /^\$[^$]+\$$/.test(text)
  if (isFormula) return <div className="lesson-formula">{math(...formula(text.slice(1, -1)))}</div>
  return (
    <p>
      <Words text={text} />
    </p>
  )
}
