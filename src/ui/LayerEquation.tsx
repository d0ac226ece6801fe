import { Fragment, type KeyboardEvent, memo, type MouseEvent, useRef, useState } from 'react'
import { formatCount, formatFactor, formatNumber } from '../base/formatLog10.ts'
import type { NetworkConfig, NetworkKey } from '../model/config.ts'
import { mixings, ties } from '../model/mixings.ts'
import { activationConstants } from '../state/activationConstants.ts'
import { controls } from './controls/controls.ts'
import {
  between,
  decidedBy,
  fenced,
  identifier,
  type MathNode,
  math,
  number,
  operator,
  row,
  sub,
  sup,
  thinSpace,
} from './mathml.ts'
import { usePageState } from './page.ts'

const x = (index: string) => sub(identifier('x'), identifier(index))
const indexed = (name: string) => sub(identifier(name), identifier('l'))

/** A factor and the setting it comes from; it is not written where it is 1. */
function factor(value: number, key: NetworkKey): readonly MathNode[] {
  const text = formatFactor(value)
  return text === '1' ? [] : [decidedBy(key, number(text)), thinSpace]
}

function gainOf({ gain, gain_decay }: NetworkConfig): readonly MathNode[] {
  const decay = sup(identifier('l'), row(operator('−'), number(formatNumber(gain_decay))))
  const falling = gain_decay === 0 ? [] : [decidedBy('gain_decay', decay)]
  return [...factor(gain, 'gain'), ...falling]
}

const normNames: Readonly<Record<NetworkConfig['norm'], string>> = {
  none: '',
  batch: 'BN',
  batch_uncentered: 'BN₀',
  layer: 'LN',
  rms: 'RMS',
}

function normed(config: NetworkConfig, inside: readonly MathNode[]): readonly MathNode[] {
  if (config.norm === 'none') return inside
  return [decidedBy('norm', identifier(normNames[config.norm])), fenced(...inside)]
}

function biasOf({ sb }: NetworkConfig): readonly MathNode[] {
  return sb === 0 ? [] : [between('+'), decidedBy('sb', indexed('b'))]
}

/** The activation as used: a phi(g z) + b. */
function activated(config: NetworkConfig, inside: readonly MathNode[]): readonly MathNode[] {
  const { a, b } = activationConstants(config)
  const word = decidedBy('act', identifier(config.act.replaceAll('_', ' ')))
  const name = config.act === 'linear' ? [] : [word]
  const argument = [...gainOf(config), ...inside]
  const sign = between(b < 0 ? '−' : '+')
  const shift = b === 0 ? [] : [sign, decidedBy('gpn', number(formatNumber(Math.abs(b), 4)))]
  const value = name.length === 0 ? argument : [...name, fenced(...argument)]
  return [...factor(a, 'gpn'), ...value, ...shift]
}

/** What the nonlinear branch makes of its input, one layer of it. */
function branchOf(config: NetworkConfig): readonly MathNode[] {
  const weights = decidedBy('init', config.tied === 1 ? identifier('W') : indexed('W'))
  const input = x('l−1')
  if (config.order === 'linear_norm_act')
    return activated(config, normed(config, [weights, input, ...biasOf(config)]))
  return [weights, fenced(...activated(config, normed(config, [input]))), ...biasOf(config)]
}

/** The settings that alpha and beta come from. */
const mixKeys: Readonly<Record<NetworkConfig['tie'], readonly [NetworkKey, NetworkKey]>> = {
  convex: ['alpha', 'alpha'],
  energy: ['alpha', 'alpha'],
  sum: ['tie', 'tie'],
  free: ['alpha', 'beta'],
  depth: ['c', 'c'],
}

/** The skip path, and the branch beside it, those that are there: a line each, there is room for one. */
function mixedOf(config: NetworkConfig): readonly (readonly MathNode[])[] {
  const { alpha, beta } = ties[config.tie].weights(config)
  const filter = mixings[config.mix].filter === 'orthogonal' ? [decidedBy('mix', indexed('S'))] : []
  const [alphaKey, betaKey] = mixKeys[config.tie]
  const skip = [
    ...factor(alpha, alphaKey),
    ...filter,
    x(config.branch === 1 ? 'l−1' : `l−${config.branch}`),
  ]
  const isSum = config.sb !== 0 || activationConstants(config).b !== 0
  const nonlinear = branchOf(config)
  const branch = [
    ...factor(beta, betaKey),
    ...(isSum && beta !== 1 ? [fenced(...nonlinear)] : nonlinear),
  ]
  if (beta === 0) return [alpha === 0 ? [number('0')] : skip]
  return alpha === 0 ? [branch] : [skip, [operator('+'), ...branch]]
}

const MARKED = '[data-control]'

const keyOf = (mark: Element | null | undefined) => mark?.getAttribute('data-control') as NetworkKey

/** A symbol leads to the control that decides it. */
function goToControl(equation: HTMLElement, mark: Element | null | undefined): void {
  if (!mark) return
  const panel = equation.closest('.control-panel')
  panel?.querySelector<HTMLElement>(`[id$="-${keyOf(mark)}"]`)?.focus()
}

/** Where the arrow keys lead among so many symbols, from the one that is chosen (-1: from none). */
const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** One stop of the tabulator: arrows choose a symbol, Enter goes to its control. */
function useSymbols() {
  const [chosen, setChosen] = useState<NetworkKey | null>(null)
  const marked = useRef<Element | null>(null)
  const choose = (mark: Element | null) => {
    marked.current?.removeAttribute('data-chosen')
    mark?.setAttribute('data-chosen', '')
    mark?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    marked.current = mark
    setChosen(mark && keyOf(mark))
  }
  const handlers = {
    onClick: ({ target, currentTarget }: MouseEvent<HTMLElement>) => {
      goToControl(currentTarget, target instanceof Element ? target.closest(MARKED) : null)
    },
    onBlur: () => {
      choose(null)
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const { key, currentTarget } = event
      const step = steps[key]
      if (!step && key !== 'Enter') return
      event.preventDefault()
      const marks = [...currentTarget.querySelectorAll(MARKED)]
      const at = marks.findIndex((mark) => mark === marked.current)
      if (step) choose(marks[step(at, marks.length)] ?? null)
      else goToControl(currentTarget, marks[at])
    },
  }
  return { chosen, handlers }
}

function Equation({ config }: { config: NetworkConfig }) {
  const { chosen, handlers } = useSymbols()
  return (
    <div
      className="equation"
      role="group"
      aria-label="The layer as a formula: arrow keys choose a symbol, Enter goes to its control"
      tabIndex={0}
      {...handlers}
    >
      <MemoFormula config={config} />
      <span className="spoken" aria-live="polite">
        {chosen && controls[chosen].label}
      </span>
    </div>
  )
}

/** Apart from what is chosen in it, so that choosing writes no symbol anew. */
const MemoFormula = memo(Formula)

function Formula({ config }: { config: NetworkConfig }) {
  const [first = [], ...rest] = config.mix === 'none' ? [branchOf(config)] : mixedOf(config)
  const spans = config.mix !== 'none' && config.branch > 1
  return (
    <>
      {math(x('l'), operator('='), ...first)}
      {rest.map((line, i) => (
        <Fragment key={i}>{math(...line)}</Fragment>
      ))}
      <p>
        {'l = 1 … '}
        <span data-control="depth">{formatCount(config.depth)}</span>
        {spans && `; the skip spans ${config.branch} layers, the branch repeats in between`}
      </p>
    </>
  )
}

/** The layer as configured, as a formula. */
export function LayerEquation() {
  const config = usePageState(({ link }) => link.network)
  return <Equation config={config} />
}
