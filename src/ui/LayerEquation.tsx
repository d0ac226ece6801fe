import { memo } from 'react'
import { formatNumber } from '../base/formatLog10.ts'
import type { NetworkConfig } from '../model/config.ts'
import { mixings, ties } from '../model/mixings.ts'
import { activationConstants } from '../state/activationConstants.ts'
import {
  fenced,
  identifier,
  type MathNode,
  math,
  number,
  operator,
  row,
  sub,
  sup,
} from './mathml.ts'
import { usePageState } from './page.ts'

const x = (index: string) => sub(identifier('x'), identifier(index))
const indexed = (name: string) => sub(identifier(name), identifier('l'))

/** A factor is not written where it is 1. */
const factor = (value: number): readonly MathNode[] =>
  value === 1 ? [] : [number(formatNumber(value, 4))]

function gainOf({ gain, gain_decay }: NetworkConfig): readonly MathNode[] {
  const decay = sup(identifier('l'), row(operator('−'), number(formatNumber(gain_decay))))
  return [...factor(gain), ...(gain_decay === 0 ? [] : [decay])]
}

const normNames: Readonly<Record<NetworkConfig['norm'], string>> = {
  none: '',
  batch: 'BN',
  batch_uncentered: 'BN₀',
  layer: 'LN',
  rms: 'RMS',
}

function normed(config: NetworkConfig, inside: readonly MathNode[]): readonly MathNode[] {
  return config.norm === 'none' ? inside : [identifier(normNames[config.norm]), fenced(...inside)]
}

function biasOf({ sb }: NetworkConfig): readonly MathNode[] {
  return sb === 0 ? [] : [operator('+'), indexed('b')]
}

/** The activation as used: a phi(g z) + b. */
function activated(config: NetworkConfig, inside: readonly MathNode[]): readonly MathNode[] {
  const { a, b } = activationConstants(config)
  const name = config.act === 'linear' ? [] : [identifier(config.act.replaceAll('_', ' '))]
  const argument = [...gainOf(config), ...inside]
  const shift = b === 0 ? [] : [operator(b < 0 ? '−' : '+'), number(formatNumber(Math.abs(b), 4))]
  const value = name.length === 0 ? argument : [...name, fenced(...argument)]
  return [...factor(a), ...value, ...shift]
}

/** What the nonlinear branch makes of its input, one layer of it. */
function branchOf(config: NetworkConfig): readonly MathNode[] {
  const weights = config.tied === 1 ? identifier('W') : indexed('W')
  const input = x('l−1')
  if (config.order === 'linear_norm_act')
    return activated(config, normed(config, [weights, input, ...biasOf(config)]))
  return [weights, fenced(...activated(config, normed(config, [input]))), ...biasOf(config)]
}

function mixedOf(config: NetworkConfig): readonly MathNode[] {
  const { alpha, beta } = ties[config.tie].weights(config)
  const filter = mixings[config.mix].filter === 'orthogonal' ? [indexed('S')] : []
  const skip = [...factor(alpha), ...filter, x(config.branch === 1 ? 'l−1' : `l−${config.branch}`)]
  const isSum = config.sb !== 0 || activationConstants(config).b !== 0
  const nonlinear = branchOf(config)
  const branch = [...factor(beta), ...(isSum && beta !== 1 ? [fenced(...nonlinear)] : nonlinear)]
  return [...skip, operator('+'), ...branch]
}

function Equation({ config }: { config: NetworkConfig }) {
  const right = config.mix === 'none' ? branchOf(config) : mixedOf(config)
  const spans = config.mix !== 'none' && config.branch > 1
  return (
    <div className="equation">
      {math(x('l'), operator('='), ...right)}
      <p>
        {`l = 1 … ${config.depth.toLocaleString('en')}`}
        {spans && `; the skip spans ${config.branch} layers, the branch repeats in between`}
      </p>
    </div>
  )
}

const MemoEquation = memo(Equation)

/** The layer as configured, as a formula. */
export function LayerEquation() {
  const config = usePageState(({ link }) => link.network)
  return <MemoEquation config={config} />
}
