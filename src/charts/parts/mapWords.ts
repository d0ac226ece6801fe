import { formatNumber } from '../../base/formatLog10.ts'
import type { CorrelationMap, LayerMap, NoMap } from '../../engine/protocol.ts'

/** TABLE: why a network has no map of one number, in words. */
const reasons: Readonly<Record<NoMap, string>> = {
  mixed: 'a layer mixes its input in, so that one number does not say what comes next',
  tied: 'all layers share their weights, so that later ones are not independent of earlier ones',
  gain_decay: 'the gain changes with depth, so that every layer has a map of its own',
  mirrored: 'mirrored weights make pairs of units that are not independent',
  batch: 'batch normalization ties every sample to all others',
  two_units: 'layer normalization of two units leaves signs alone',
  digits: 'digits enter the first activation as they are, and are not normally distributed',
  constant: 'at gain 0 the activation is a constant',
  zero: 'every layer is zero',
  normalized: 'the normalization sets q = 1 in every layer',
}

export const noMapWords = (reason: NoMap): string => `No prediction: ${reasons[reason]}.`

const shown = (value: number) => formatNumber(value, 4)

/** Where the way of the inputs leads, in words. */
export function lengthWords(map: LayerMap | NoMap): string {
  if (map === 'normalized') return `No length map: ${reasons.normalized}.`
  if (typeof map === 'string') return noMapWords(map)
  if (map.isIdentity) return 'Every q is a fixed point: the size of the signal stays as it is.'
  const rest = restOf(map)
  if (!rest) return 'q grows without end.'
  const { at, slope } = rest
  if (at > 0) return `q settles at q* = ${shown(at)}, with slope ${shown(slope)}.`
  return rest.stability === 'marginal'
    ? 'q vanishes like a power of the depth: slope 1 at q = 0.'
    : `q vanishes: slope ${shown(slope)} at q = 0.`
}

/** The fixed point that the inputs come to; none where they leave. */
function restOf({
  fixedPoints,
  steps,
  range,
}: LayerMap): LayerMap['fixedPoints'][number] | undefined {
  const last = steps.at(-1) ?? NaN
  if (!(last <= range[1])) return undefined
  const resting = fixedPoints.filter(({ stability }) => stability !== 'unstable')
  return resting.reduce<(typeof resting)[number] | undefined>(
    (best, point) => (best && Math.abs(best.at - last) <= Math.abs(point.at - last) ? best : point),
    undefined,
  )
}

const CRITICAL = 1e-6

/** What the slope at c = 1 means, and where correlations end. */
export function correlationWords(map: CorrelationMap | NoMap): string {
  if (typeof map === 'string') return noMapWords(map)
  const variance = map.isSettled ? '' : ' As q does not settle, the map is that of the last layer.'
  if (map.isIdentity) return `Correlations stay as they are.${variance}`
  return `${slopeWords(map)}${variance}`
}

function slopeWords({ chi1, fixedPoints }: CorrelationMap): string {
  const slope = `slope χ₁ = ${shown(chi1)} at c = 1`
  if (Math.abs(chi1 - 1) < CRITICAL)
    return `The ${slope}: inputs merge, but only like a power of the depth.`
  if (chi1 < 1) return `The ${slope} is below 1: inputs merge, each layer bringing them closer.`
  const rest = fixedPoints.find(({ stability }) => stability !== 'unstable')
  const end = rest ? `, and correlations settle at c* = ${shown(rest.at)}` : ''
  return `The ${slope} is above 1: inputs that are nearly alike part${end}.`
}
