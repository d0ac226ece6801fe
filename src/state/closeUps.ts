import type { NetworkConfig } from '../model/config.ts'
import { roundedDepth } from '../model/network.ts'

/** Layers that are asked for close up. */
export interface CloseUps {
  readonly spectra: readonly number[]
  readonly pictures: readonly number[]
}

/** The numbers of every layer are all that is wanted. */
export const NO_CLOSE_UPS: CloseUps = { spectra: [], pictures: [] }

const MAX_SPECTRA = 32
const MAX_PICTURES = 128
/** One spectrum costs about width^3; this many keeps all of them near a second. */
const MAX_SPECTRUM_WORK = 32 * 128 ** 3
/** Following the Jacobian costs about depth * width^3: beyond this, minutes nobody asked for. */
const MAX_CHAIN_WORK = 1e11

/** Up to `count` whole numbers spread evenly over first ... last, both ends among them. */
export function spread(first: number, last: number, count: number): readonly number[] {
  if (count < 2 || last <= first) return [last]
  const steps = Math.min(count - 1, last - first)
  return Array.from({ length: steps + 1 }, (_, i) =>
    Math.round(first + (i * (last - first)) / steps),
  )
}

/** Is the Jacobian of this network cheap enough to be followed without being asked? */
export function affordsSpectra({ depth, width }: NetworkConfig): boolean {
  return depth * width ** 3 <= MAX_CHAIN_WORK
}

/** While a slider moves, the numbers come first: one picture, where the cursor is. */
export function glanceOf(config: NetworkConfig, cursor: number | null): CloseUps {
  const depth = roundedDepth(config)
  return { spectra: [], pictures: [Math.min(cursor ?? depth, depth)] }
}

/** Which layers of a network of `depth` layers to look at closely. */
export function closeUpsOf(config: NetworkConfig): CloseUps {
  const depth = roundedDepth(config)
  const affordable = Math.floor(MAX_SPECTRUM_WORK / config.width ** 3)
  const count = Math.min(MAX_SPECTRA, Math.max(4, affordable))
  return {
    spectra: affordsSpectra(config) ? spread(1, depth, count) : [],
    pictures: spread(0, depth, MAX_PICTURES),
  }
}
