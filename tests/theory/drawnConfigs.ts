import { words } from '../../src/math/random.ts'
import { activationIds } from '../../src/model/activations.ts'
import { conflicts, defaultConfig, type NetworkConfig, orderIds } from '../../src/model/config.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { inputIds } from '../../src/model/inputs.ts'
import { mixingIds, tieIds } from '../../src/model/mixings.ts'
import { type NormalizationId, normalizationIds } from '../../src/model/normalizations.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { predictTrajectory } from '../../src/theory/trajectory.ts'

const FRAME = { width: 512, seeds: 8 }

/** Layers: a multiple of every branch that is drawn, and half of it where Haar matrices cost. */
const DEPTH = 24

export const branches = [1, 2, 3, 4] as const

/** One draw after the other, each an entry of a table or from an interval. */
class Draws {
  private readonly stream: Uint32Array
  private next = 0

  constructor(seed: number, index: number) {
    this.stream = words({ seed, role: 0, layer: index }, 64)
  }

  private unit(): number {
    return this.stream[this.next++]! / 2 ** 32
  }

  of<T>(options: readonly T[]): T {
    return options[Math.floor(this.unit() * options.length)]!
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }
}

/** Any network with this normalization: every option of every other table is as likely as the rest of it. */
function draw(seed: number, index: number, norm: NormalizationId): NetworkConfig {
  const d = new Draws(seed, index)
  const batch = d.of(norm.startsWith('batch') ? [8, 16, 32] : [8, 16])
  const [init, mix] = [d.of(initializationIds), d.of(mixingIds)]
  return {
    ...defaultConfig,
    ...FRAME,
    depth: init === 'orthogonal' || mix === 'orthogonal' ? DEPTH / 2 : DEPTH,
    batch,
    norm,
    seed: 1000 * index,
    act: d.of(activationIds),
    slope: d.between(0, 1),
    gpn: d.of([0, 0, 1]),
    gain: d.of([1, 1, d.between(0.3, 3)]),
    gain_decay: d.of([0, 0, d.between(0, 1)]),
    order: d.of(orderIds),
    init,
    sw: d.of([1, d.between(0.5, 2), d.between(0, 10)]),
    sb: d.of([0, 0, d.between(0, 1), d.between(0, 10)]),
    tied: d.of([0, 0, 0, 1]),
    mix,
    tie: d.of(tieIds),
    alpha: d.between(0, 1),
    beta: d.between(0, 2),
    c: d.between(0, 4),
    branch: d.of(branches),
    data: d.of(inputIds),
    rho: d.between(0, 1),
    distinct: d.of([1, 2, batch / 2, batch]),
  }
}

/** Has theory anything to say of it, from a start as inputs are drawn? */
function isPredicted(config: NetworkConfig): boolean {
  if (conflicts(config).length > 0) return false
  const meanCosine = { gaussian: 0, correlated: config.rho, circle: 0, repeated: 0.2, digits: 0.4 }
  const start = { log10Rms: 0, meanCosine: meanCosine[config.data] }
  return predictTrajectory(resolveNetwork(config), start).rows.log10_activation_rms !== null
}

/** The first networks of a seed of which theory has something to say, each normalization in its turn. */
export function drawnConfigs(seed: number, count: number): readonly NetworkConfig[] {
  const found: NetworkConfig[] = []
  for (let index = 1; found.length < count; index++) {
    const config = draw(seed, index, normalizationIds[found.length % normalizationIds.length]!)
    if (isPredicted(config)) found.push(config)
  }
  return found
}
