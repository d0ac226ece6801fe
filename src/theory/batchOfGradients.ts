import type { Network } from '../model/network.ts'

/** What finitely many units do to the squared gradient of one sample, in units of 1 / n. */
export interface Passage {
  /** Mean of the ln of its factor, less that of infinite width. */
  readonly typical: number
  /** Variance of that ln by what depends on the direction of the gradient, and by what depends on the sample alone. */
  readonly byGradient: number
  readonly bySample: number
  /** What the layer takes from the overlap between the gradients of two samples. */
  readonly lost: number
}

/** Mean of the largest of m independent normal numbers, by its first-order asymptotics. */
const largestOf = (m: number) => Math.sqrt(2 * Math.log(m)) * 0.8

/** The gradients of m samples, or the differences between them: how far a mean over them exceeds what is typical of one. */
export class BatchOfGradients {
  gain = 0
  variance = 0
  private readonly width: number
  private readonly batch: number
  /** Mean squared cosine between the gradients of two samples. */
  private overlap: number
  /** Variance of the ln of the squares of samples about that of the batch. */
  private spread = 0

  constructor({ width, batch }: Network) {
    this.width = width
    this.batch = batch
    this.overlap = 1 / width
  }

  step({ byGradient, bySample, lost }: Omit<Passage, 'typical'>, apart: number): void {
    const n = this.width
    const unshared = ((1 - this.overlap) * byGradient + apart * bySample) / n
    const others = 1 - 1 / this.batch
    const averaged = others / Math.sqrt(1 + this.spread * (others / largestOf(this.batch)) ** 2)
    this.gain += (unshared * averaged) / 2
    this.variance += (byGradient + bySample) / n - unshared * averaged
    this.spread += unshared
    const gained = ((1 - this.overlap) * byGradient) / (2 * n)
    const kept = Math.max(0, 1 - lost) ** 2
    this.overlap = Math.min(1, this.overlap * kept + gained)
  }
}
