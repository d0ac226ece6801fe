import { digamma } from '../math/special.ts'
import type { NetworkConfig } from '../model/config.ts'
import type { Network } from '../model/network.ts'
import { isometryFlow } from './isometryFlow.ts'

/** Narrower square batches are ruled by their smallest eigenvalue. */
const NARROWEST_FLOW = 16

/**
 * Expected isometry gap ln(tr G / m) - ln(det G) / m of the layers 0 ... L, G = X X^T, for independent normal inputs:
 *
 *   drawn            psi(m n / 2) - ln m - (1 / m) sum psi((n - i) / 2),   i = 0 ... m - 1
 *   equal lengths    psi(n / 2) - (1 / m) sum psi((n - i) / 2)             after rms normalization
 *
 * which orthogonal weights keep; batch normalization without centring takes it to zero where there are as many
 * samples as units (isometryFlow). It is infinite where samples cannot be independent: more of them than units, or
 * centred over the batch.
 *
 * @param drawn  that of layer 0 as it was drawn; the expected one where it is not known
 * @returns null where no theory is known
 * Accuracy: 1e-14 of the expectation, from which a draw differs by sqrt(2 / (m n)) or so (tests/theory/isometryGap).
 * Source: Bartlett's decomposition of Wishart determinants; Meterez et al. 2024, arXiv:2310.02012, eq. 5 for the gap.
 */
export function isometryGap(network: Network, drawn?: number): Float64Array | null {
  const { config, depth, width, batch } = network
  if (batch > width) return new Float64Array(depth + 1).fill(Infinity)
  if (!isRotation(config) || config.data !== 'gaussian') return null
  if (config.norm === 'batch_uncentered') {
    const flows = batch === width && width >= NARROWEST_FLOW && config.tied === 0
    return flows ? isometryFlow(width, depth, drawn) : null
  }
  const start = drawn ?? expectedGap(batch, width)
  const later = steadyGap(network, start)
  return later === null ? null : new Float64Array(depth + 1).fill(later).fill(start, 0, 1)
}

/** The gap of every layer after the input. */
function steadyGap({ config, width, batch }: Network, start: number): number | null {
  if (config.norm === 'none') return start
  if (config.norm === 'batch') return Infinity
  if (config.norm !== 'rms') return null
  return start - expectedGap(batch, width) + digamma(width / 2) - meanDigamma(batch, width)
}

/** Linear, orthogonal weights, nothing added. */
function isRotation({ act, init, mix, sb, sw, gain, order }: NetworkConfig): boolean {
  const isLinear = act === 'linear' && init === 'orthogonal' && mix === 'none' && sb === 0
  return isLinear && sw > 0 && gain > 0 && order === 'linear_norm_act'
}

function expectedGap(m: number, n: number): number {
  return digamma((m * n) / 2) - Math.log(m) - meanDigamma(m, n)
}

function meanDigamma(m: number, n: number): number {
  let sum = 0
  for (let i = 0; i < m; i++) sum += digamma((n - i) / 2)
  return sum / m
}
