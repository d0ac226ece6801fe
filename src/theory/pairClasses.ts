import type { NetworkConfig } from '../model/config.ts'

/** Pairs of samples that start with the same distance e = 1 - cosine: their share of all pairs, and e. */
export interface PairClass {
  readonly weight: number
  readonly distance: number
}

/** Cosines this near to 1 are of identical rows, up to rounding. */
const IDENTICAL = 1e-12

const distanceOf = (cosine: number) => (1 - cosine < IDENTICAL ? 0 : 1 - cosine)

/**
 * How the pairs of a batch start out, from the mean cosine as drawn.
 *
 * @returns null where the mean alone does not tell (digits)
 */
export function pairClasses(
  config: NetworkConfig,
  meanCosine: number,
): readonly PairClass[] | null {
  switch (config.data) {
    case 'digits':
      return null
    case 'circle':
      return circleClasses(config.batch)
    case 'repeated':
      return repeatedClasses(config.batch, config.distinct, meanCosine)
    case 'gaussian':
    case 'correlated':
      return [{ weight: 1, distance: distanceOf(meanCosine) }]
  }
}

function repeatedClasses(batch: number, distinct: number, meanCosine: number): PairClass[] {
  const copies = Math.floor(batch / distinct)
  const extra = batch % distinct
  const identical = (extra * (copies + 1) * copies + (distinct - extra) * copies * (copies - 1)) / 2
  const share = identical / ((batch * (batch - 1)) / 2)
  if (share === 1) return [{ weight: 1, distance: 0 }]
  const different = { weight: 1 - share, distance: distanceOf(meanCosine) / (1 - share) }
  return share === 0 ? [different] : [{ weight: share, distance: 0 }, different]
}

/** Neighbours up to this many steps apart are counted one by one. */
const CLOSE_STEPS = 16
const BLOCKS = 24

/** m points of a circle: cosines cos(2 pi k / m), far neighbours in blocks with two discrete Gauss points each. */
function circleClasses(m: number): PairClass[] {
  const half = Math.floor((m - 1) / 2)
  const weight = 2 / (m - 1)
  const at = (steps: number) => 1 - Math.cos((2 * Math.PI * steps) / m)
  const classes: PairClass[] = []
  if (m % 2 === 0) classes.push({ weight: weight / 2, distance: 2 })
  const close = Math.min(half, CLOSE_STEPS)
  for (let k = 1; k <= close; k++) classes.push({ weight, distance: at(k) })
  const size = Math.ceil((half - close) / BLOCKS)
  for (let first = close + 1; first <= half; first += size) {
    const count = Math.min(size, half - first + 1)
    const middle = first + (count - 1) / 2
    const offset = Math.sqrt((count * count - 1) / 12)
    const distances = count === 1 ? [at(middle)] : [at(middle - offset), at(middle + offset)]
    for (const distance of distances)
      classes.push({ weight: (weight * count) / distances.length, distance })
  }
  return classes
}
