import type { Part } from './protocol.ts'

/** A part that was given and is not begun yet, and how to have it dropped. */
interface Given {
  readonly part: Part
  readonly drop: () => void
}

interface Span {
  first: number
  end: number
}

/**
 * The parts of a run that nobody has begun. The run's own worker takes seeds from the front, one by one;
 * a helper is given some from the back, fewer the fewer are left, and keeps them if it has begun when the
 * own worker runs out: one that is still being loaded, or never will be, holds nothing up.
 */
export class PartList {
  private readonly seeds: Span
  private readonly workers: number
  private spectra: Part | undefined
  private given: readonly Given[] = []

  /** @param workers  how many share the parts, the run's own among them */
  constructor(seeds: number, upper: readonly number[], workers: number) {
    this.seeds = { first: 1, end: seeds }
    this.workers = workers
    this.offerSpectra(upper)
  }

  /** Puts spectra among the parts, before anything else that is left. */
  offerSpectra(layers: readonly number[]): void {
    if (layers.length > 0) this.spectra = { kind: 'spectra', layers }
  }

  /** The next seed for the run's own worker, among those that no helper was given. */
  takeSeed(): number | undefined {
    const { seeds } = this
    return seeds.first < seeds.end ? seeds.first++ : undefined
  }

  /** Takes the spectra for the run's own worker; false where a helper has begun them, or there are none. */
  takeSpectra(): boolean {
    const isLeft = this.spectra !== undefined
    this.spectra = undefined
    return isLeft || this.takeBack('spectra').length > 0
  }

  /** Takes back what helpers were given and have not begun. */
  takeBack(kind: Part['kind']): readonly Part[] {
    const taken = this.given.filter(({ part }) => part.kind === kind)
    this.given = this.given.filter(({ part }) => part.kind !== kind)
    for (const { drop } of taken) drop()
    return taken.map(({ part }) => part)
  }

  /** Something for a helper, who must say when it begins, and can be told to drop it before. */
  give(drop: () => void): Part | undefined {
    const part = this.spectra ?? this.lastSeeds()
    this.spectra = undefined
    if (part) this.given = [...this.given, { part, drop }]
    return part
  }

  private lastSeeds(): Part | undefined {
    const { seeds, workers } = this
    const count = Math.ceil((seeds.end - seeds.first) / (2 * workers))
    if (count === 0) return undefined
    seeds.end -= count
    return { kind: 'seeds', first: seeds.end, count }
  }

  /** A helper begins, or will never; false where the part was taken from it. */
  begin(part: Part): boolean {
    const others = this.given.filter((given) => given.part !== part)
    const isGiven = others.length < this.given.length
    this.given = others
    return isGiven
  }

  get isAnyGiven(): boolean {
    return this.given.length > 0
  }
}
