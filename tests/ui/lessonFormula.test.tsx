import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { lessonIds, lessons } from '../../src/lessons/lessons.ts'
import { formula } from '../../src/ui/lessons/formula.ts'
import { Prose } from '../../src/ui/lessons/Prose.tsx'

const markup = (text: string) =>
  formula(text)
    .map((node) => renderToStaticMarkup(node))
    .join('')

it('names, numbers and signs stand for themselves', () => {
  expect(markup('x = 0.5')).toBe('<mi>x</mi><mo>=</mo><mn>0.5</mn>')
})

it('lowers and raises one thing, or what braces hold together', () => {
  expect(markup('x_l')).toBe('<msub><mi>x</mi><mi>l</mi></msub>')
  expect(markup('e^{−1}')).toBe('<msup><mi>e</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup>')
  expect(markup('σ_w^2')).toBe('<msubsup><mi>σ</mi><mi>w</mi><mn>2</mn></msubsup>')
})

it('a root takes what follows, a prime stays with its letter, words stand in quotes', () => {
  expect(markup('√n')).toBe('<msqrt><mi>n</mi></msqrt>')
  expect(markup('φ′')).toBe('<mrow><mi>φ</mi><mo>′</mo></mrow>')
  expect(markup('"in all"')).toBe('<mtext>in all</mtext>')
})

it('a paragraph has stressed words and formulas in line; a formula alone has its own', () => {
  const line = renderToStaticMarkup(<Prose text="It *explodes* with $x$." />)
  expect(line).toBe('<p>It <em>explodes</em> with <math><mi>x</mi></math>.</p>')
  expect(renderToStaticMarkup(<Prose text="$x$" />)).toContain('<math display="block">')
})

it('no word of any lesson has a mark left over', async () => {
  for (const id of lessonIds)
    for (const { text, notice, question, challenge } of await lessons[id].load()) {
      const words = [...text, notice, question?.ask, question?.answer, challenge?.goal]
      for (const paragraph of [...words, challenge?.hint].filter((part) => part !== undefined)) {
        const shown = renderToStaticMarkup(<Prose text={paragraph} />)
        expect(shown.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[$*_^{}]/)
      }
    }
})
