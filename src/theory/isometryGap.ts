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
 * @returns null where no theory is known
 * Accuracy: 1e-14 of the expectation; single networks lie within sqrt(2 / (m n)) or so (tests/theory/isometryGap).
 * Source: Bartlett's decomposition of Wishart determinants; Meterez et al. 2024, arXiv:2310.02012, eq. 5 for the gap.
 */
export function isometryGap(network: Network): Float64Array | null {
  const { config, depth, width, batch } = network
  if (batch > width) return new Float64Array(depth + 1).fill(Infinity)
  if (!isRotation(config) || config.data !== 'gaussian') return null
  const drawn = drawnGap(batch, width)
  const steady = (gap: number) => new Float64Array(depth + 1).fill(gap).fill(drawn, 0, 1)
  switch (config.norm) {
    case 'none':
      return steady(drawn)
    case 'rms':
      return steady(digamma(width / 2) - meanDigamma(batch, width))
    case 'batch':
      return steady(Infinity)
    case 'batch_uncentered': {
      const flows = batch === width && width >= NARROWEST_FLOW && config.tied === 0
      return flows ? isometryFlow(width, depth) : null
    }
    case 'layer':
      return null
  }
}

/** Linear, orthogonal weights, nothing added. */
function isRotation({ act, init, mix, sb, sw, gain, order }: NetworkConfig): boolean {
  const isLinear = act === 'linear' && init === 'orthogonal' && mix === 'none' && sb === 0
  return isLinear && sw > 0 && gain > 0 && order === 'linear_norm_act'
}

function drawnGap(m: number, n: number): number {
  return digamma((m * n) / 2) - Math.log(m) - meanDigamma(m, n)
}

function meanDigamma(m: number, n: number): number {
  let sum = 0
  for (let i = 0; i < m; i++) sum += digamma((n - i) / 2)
  return sum / m
}
