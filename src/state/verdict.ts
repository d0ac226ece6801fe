import { formatCount, formatFactor, formatLog10, formatNumber } from '../base/formatLog10.ts'
import { activations } from '../model/activations.ts'
import type { NetworkConfig } from '../model/config.ts'
import { normalizations } from '../model/normalizations.ts'
import { type Facts, factsOf, type Fate } from './facts.ts'
import type { Run } from './run.ts'

/** Settings that undo what is wrong, and what the button says. */
export interface Remedy {
  readonly label: string
  readonly changes: Partial<NetworkConfig>
}

/** What a run shows, in words. */
export interface Verdict {
  /** `fair`: the gradient is well, the signal is not, and no rule speaks of it. */
  readonly tone: 'good' | 'fair' | 'bad'
  readonly headline: string
  /** Why; empty where all is well or no reason is known. */
  readonly cause: string
  readonly remedy: Remedy | null
}

interface Rule {
  readonly applies: (config: NetworkConfig, facts: Facts) => boolean
  readonly cause: (config: NetworkConfig) => string
  readonly remedy: (config: NetworkConfig) => Remedy
}

const isFate =
  (...fates: readonly Fate[]) =>
  (facts: Facts) =>
    fates.includes(facts.gradient)
const explodes = isFate('explodes')
const vanishes = isFate('vanishes')
const usesBatch = ({ norm }: NetworkConfig) => normalizations[norm].axis === 'batch'
/** Centred and scaled, two entries are +1 and -1 whatever they were. */
const leavesSigns = ({ norm, batch, width }: NetworkConfig) =>
  (norm === 'batch' && batch === 2) || (norm === 'layer' && width === 2)
const phiOf = ({ act }: NetworkConfig) => activations[act].label

const isometric: Partial<NetworkConfig> = { init: 'orthogonal', sw: 1, sb: 0 }
const unshaped: Partial<NetworkConfig> = { gain: 1, gain_decay: 0 }

const selfNormalizing: Remedy = {
  label: 'Self-normalize: a·φ + b, orthogonal weights',
  changes: { ...isometric, ...unshaped, gpn: 1, norm: 'none' },
}
const dilute: Remedy = {
  label: 'Mix in only 1/L of it, on an orthogonal filter',
  changes: { mix: 'orthogonal', tie: 'depth', c: 1 },
}
/** A linear network whose batch is of full rank: the one in which batch norm leaves the gradient alone. */
const linearIsometry = ({ batch, width }: NetworkConfig): Remedy => ({
  label: 'Fix it: linear activation, orthogonal weights',
  changes: {
    ...isometric,
    ...unshaped,
    act: 'linear',
    gpn: 0,
    data: 'gaussian',
    batch: Math.min(batch, width),
  },
})

/** TABLE: what is wrong, why, and what to do; the first rule that applies speaks. */
const rules: readonly Rule[] = [
  {
    applies: (config, facts) => facts.gradient === 'dies' && leavesSigns(config),
    cause: () =>
      'normalization over two entries leaves only their signs, which no small change moves',
    remedy: () => ({
      label: 'Drop the normalization, mix in only 1/L',
      changes: { ...dilute.changes, norm: 'none' },
    }),
  },
  {
    applies: (_, facts) => facts.gradient === 'dies',
    cause: () => 'somewhere on the way every unit is switched off, or every weight is zero',
    remedy: () => selfNormalizing,
  },
  {
    applies: (config, facts) => config.mix !== 'none' && (explodes(facts) || vanishes(facts)),
    cause: () => 'the two branches do not add up to the size of the input, layer after layer',
    remedy: () => dilute,
  },
  {
    applies: (config, facts) => explodes(facts) && usesBatch(config) && config.act !== 'linear',
    cause: (config) =>
      `batch norm undoes the shrinking of the spread that ${phiOf(config)} causes, and so scales every gradient up`,
    remedy: linearIsometry,
  },
  {
    applies: (config, facts) => explodes(facts) && usesBatch(config),
    cause: () => 'the samples of the batch are not orthogonal, and the weights keep them so',
    remedy: linearIsometry,
  },
  {
    applies: (config, facts) => explodes(facts) && config.norm !== 'none',
    cause: (config) =>
      `normalization undoes the shrinking that ${phiOf(config)} causes, and so scales every gradient up`,
    remedy: () => selfNormalizing,
  },
  {
    applies: (_, facts) => explodes(facts),
    cause: () =>
      'weights and slopes of the activation together stretch the gradient in every layer',
    remedy: () => selfNormalizing,
  },
  {
    applies: (_, facts) => vanishes(facts),
    cause: () => 'weights and slopes of the activation together shrink the gradient in every layer',
    remedy: () => selfNormalizing,
  },
  {
    applies: (_, facts) => facts.collapses,
    cause: () => 'every layer brings the samples closer together',
    remedy: () => dilute,
  },
]

const headlines: Readonly<Record<Fate, (facts: Facts) => string>> = {
  explodes: (facts) => `Gradients explode: ${sizes(facts)}`,
  grows: ({ gradientLog10, ...facts }) =>
    `The gradient arrives at ${times(gradientLog10)} its size${ratedOver(facts)}`,
  arrives: (facts) => `The gradient arrives whole: ${sizes(facts)}`,
  shrinks: ({ gradientLog10, ...facts }) =>
    `The gradient arrives at ${formatLog10(gradientLog10)} of its size${ratedOver(facts)}`,
  vanishes: (facts) => `Gradients vanish: ${sizes(facts)}`,
  dies: ({ deadBelow }) =>
    `The gradient dies: it is exactly zero below layer ${formatCount(deadBelow)}`,
}

const times = (log10: number) => `${formatLog10(log10)} times`
const layersOf = (depth: number) => `over ${formatCount(depth)} layers`

type Rate = Pick<Facts, 'growth' | 'predictedGrowth' | 'depth'>

/** So many digits of a factor a layer can be told over the depth. */
const digitsOver = (depth: number) => 2 + Math.ceil(Math.log10(depth))

/** Growth a layer, measured and predicted; null where there are too few layers for one. */
function rateOf({ growth, predictedGrowth, depth }: Rate): string | null {
  if (growth === null) return null
  const shown = (factor: number) => formatFactor(factor, digitsOver(depth))
  const theory = predictedGrowth === null ? '' : ` (theory ${shown(predictedGrowth)})`
  return `${shown(growth)} times a layer${theory}`
}

function sizes(facts: Facts): string {
  const rate = rateOf(facts)
  return `${rate === null ? '' : `${rate}, `}${times(facts.gradientLog10)} ${layersOf(facts.depth)}`
}

function ratedOver(facts: Rate): string {
  const rate = rateOf(facts)
  return `${rate === null ? '' : `: ${rate}`} ${layersOf(facts.depth)}`
}

const isIll = (fate: Fate) => ['explodes', 'vanishes', 'dies'].includes(fate)

/** TABLE: what is said of the signal beside the gradient. */
const signalClauses: Readonly<Record<Fate, (facts: Facts) => string>> = {
  explodes: ({ signalLog10 }) => `, and the signal grows ${times(signalLog10)}.`,
  grows: ({ signalLog10 }) => `, and the signal ends at ${times(signalLog10)} its size.`,
  arrives: ({ gradient }) => (isIll(gradient) ? ', while the signal itself looks fine.' : '.'),
  shrinks: ({ signalLog10 }) => `, and the signal ends at ${formatLog10(signalLog10)} of its size.`,
  vanishes: ({ signalLog10 }) =>
    `, and the signal shrinks to ${formatLog10(signalLog10)} of its size.`,
  dies: () => ', and the signal dies: it is exactly zero at the top.',
}

function collapseClause({ collapses, topCosine }: Facts): string {
  return collapses
    ? ` All inputs end up in one direction (mean cosine ${formatNumber(topCosine, 4)}).`
    : ''
}

/** What a run that has gone through both passes shows; null while it has not. */
export function verdictOf(run: Run | null, predictedGrowth: number | null): Verdict | null {
  if (!run?.isComplete) return null
  const facts = factsOf(run, predictedGrowth)
  const rule = rules.find(({ applies }) => applies(run.config, facts))
  const headline = `${headlines[facts.gradient](facts)}${signalClauses[facts.signal](facts)}${collapseClause(facts)}`
  if (!rule)
    return { tone: isIll(facts.signal) ? 'fair' : 'good', headline, cause: '', remedy: null }
  const cause = `Because ${rule.cause(run.config)}.`
  // Remedies draw other weights: they are none for those of a file.
  const remedy = run.files.weights ? null : offered(rule.remedy(run.config), run.config)
  return { tone: 'bad', headline, cause, remedy }
}

/** A remedy that is already in place is none. */
function offered(remedy: Remedy, config: NetworkConfig): Remedy | null {
  const keys = Object.keys(remedy.changes) as (keyof NetworkConfig)[]
  return keys.some((key) => remedy.changes[key] !== config[key]) ? remedy : null
}
