import type { LayerPicture } from '../../engine/protocol.ts'

/** Mean cosines over pairs of samples, a row an entry for each picture; NaN where there is no such pair. */
export interface DigitCosines {
  readonly same: Float64Array
  readonly different: Float64Array
  /** Within one class, for the ten digits. */
  readonly ofClass: readonly Float64Array[]
}

export const CLASSES = 10

/** How alike images of one digit and of two different ones are, layer by layer. */
export function digitCosines(pictures: readonly LayerPicture[], labels: Uint8Array): DigitCosines {
  const row = () => new Float64Array(pictures.length).fill(NaN)
  const [same, different, ofClass] = [row(), row(), Array.from({ length: CLASSES }, row)]
  pictures.forEach((picture, i) => {
    const sums = pairSums(picture, labels)
    different[i] = sums[CLASSES]!.mean
    ofClass.forEach((values, digit) => (values[i] = sums[digit]!.mean))
    same[i] = sums.slice(0, CLASSES).reduce((all, sum) => all.and(sum), new Mean()).mean
  })
  return { same, different, ofClass }
}

class Mean {
  sum = 0
  count = 0

  get mean(): number {
    return this.count > 0 ? this.sum / this.count : NaN
  }

  and({ sum, count }: Mean): this {
    this.sum += sum
    this.count += count
    return this
  }
}

/** Sums over the pairs within each class, and over those of different classes as the last. */
function pairSums({ cosines, samples }: LayerPicture, labels: Uint8Array): readonly Mean[] {
  const sums = Array.from({ length: CLASSES + 1 }, () => new Mean())
  for (let a = 0; a < samples; a++) {
    for (let b = 0; b < a; b++) {
      const cosine = cosines[a * samples + b]!
      if (Number.isNaN(cosine)) continue
      const sum = sums[labels[a] === labels[b] ? labels[a]! : CLASSES]!
      sum.sum += cosine
      sum.count++
    }
  }
  return sums
}
