import { ImportError } from './importError.ts'
import type { NamedArray } from './numberFormats.ts'

/** The whole numbers in a name: `block.1.fc.10` has 1 and 10. */
const numbersIn = (name: string) => Array.from(name.matchAll(/\d+/g), ([digits]) => Number(digits))

/** Number by number; a name that ends first comes first. */
function compare(p: readonly number[], q: readonly number[]): number {
  for (let i = 0; i < Math.min(p.length, q.length); i++) if (p[i] !== q[i]) return p[i]! - q[i]!
  return p.length - q.length
}

/**
 * Matrices in the order of the numbers in their names, `fc.2` before `fc.10`.
 *
 * @throws ImportError where the numbers do not tell the order
 */
export function inLayerOrder(matrices: readonly NamedArray[]): readonly NamedArray[] {
  const numbered = matrices.map((matrix) => ({ matrix, numbers: numbersIn(matrix.name) }))
  numbered.sort((p, q) => compare(p.numbers, q.numbers))
  for (const [i, { matrix, numbers }] of numbered.entries()) {
    const before = numbered[i - 1]
    if (before && compare(before.numbers, numbers) === 0)
      throw new ImportError(
        `${before.matrix.name} and ${matrix.name}: the numbers in the names must tell which layer comes first`,
      )
  }
  return numbered.map(({ matrix }) => matrix)
}
