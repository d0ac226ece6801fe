import type { DigitSet } from '../model/digits.ts'
import { normalizations } from '../model/normalizations.ts'
import type { Network } from '../model/network.ts'
import type { Backend, LayerRunner, Span } from './backend.ts'
import type { Given } from './given.ts'
import { JacobianChain, type StableProduct } from './chain.ts'
import { ChunkSizer } from './chunkSizer.ts'
import { countDistinctRows, weightGradientVanishes } from './copies.ts'
import { SampleTracker } from './jacobian.ts'
import type { MemoryBudget } from './memoryBudget.ts'
import { takePicture } from './picture.ts'
import type { LayerPicture, Pass, Spectrum } from './protocol.ts'
import { emptyRows, type LayerRows } from './statistics.ts'
import { deriveGsc } from './summary.ts'

/**
 * The experiment on one network: forward, backward, Jacobian, layer by layer. An async generator that
 * knows nothing of workers: between any two events the caller may stop it, and memory stays within
 * `MemoryBudget` whatever the depth.
 */
export interface Experiment {
  readonly network: Network
  readonly seed: number
  readonly backend: Backend
  readonly digits?: DigitSet | undefined
  readonly given?: Given | undefined
  /** Makes the stabilized product that the spectra are read from. */
  readonly newProduct: (n: number) => StableProduct
  /** Layers whose spectrum, and whose picture, is wanted; ascending. */
  readonly spectra: readonly number[]
  readonly pictures: readonly number[]
  readonly budget: MemoryBudget
  /** Asked when the run comes to a layer whose spectrum is wanted; all are read where it is absent. */
  readonly atSpectrum?: (layer: number) => 'read' | 'skip' | 'stop'
  /** Leaves the passes out. */
  readonly isSpectraOnly?: boolean
}

export type ExperimentEvent =
  | LayersEvent
  | { readonly kind: 'spectrum'; readonly spectrum: Spectrum }
  | { readonly kind: 'picture'; readonly picture: LayerPicture }
  /** Layers were run again for the backward pass: nothing new to show, but time has passed. */
  | { readonly kind: 'step' }

/** Entries first ... last of the rows are new, after `steps` layer steps. */
export interface LayersEvent {
  readonly kind: 'layers'
  readonly pass: Pass
  readonly first: number
  readonly last: number
  readonly steps: number
}

/** Milliseconds by phase; weights are drawn in all of them and counted apart. */
export interface PhaseTimes {
  weights: number
  forward: number
  backward: number
  spectra: number
}

/** A run in progress: the rows fill while `events` is read. */
export interface ExperimentRun {
  readonly rows: LayerRows
  readonly times: PhaseTimes
  readonly events: AsyncGenerator<ExperimentEvent>
}

export function startExperiment(experiment: Experiment): ExperimentRun {
  const rows = emptyRows(experiment.network.depth)
  const times: PhaseTimes = { weights: 0, forward: 0, backward: 0, spectra: 0 }
  return { rows, times, events: new Propagation(experiment, rows, times).run() }
}

class Propagation {
  private readonly experiment: Experiment
  private readonly rows: LayerRows
  private readonly times: PhaseTimes
  private sizer = new ChunkSizer()
  private runner!: LayerRunner
  private distinctRows = Infinity

  constructor(experiment: Experiment, rows: LayerRows, times: PhaseTimes) {
    this.experiment = experiment
    this.rows = rows
    this.times = times
  }

  async *run(): AsyncGenerator<ExperimentEvent> {
    const { network, seed, digits, given, budget, backend } = this.experiment
    const { weightBytes } = budget
    const opening = { network, seed, digits, given, rows: this.rows, weightBytes }
    this.runner = await backend.open(opening)
    this.sizer = new ChunkSizer(this.runner.fewestLayers)
    try {
      if (this.experiment.isSpectraOnly === true) this.runner.checkpoint()
      else yield* this.bothPasses()
      yield* this.timed('spectra', this.spectraPass())
    } finally {
      this.runner.dispose()
    }
  }

  private async *bothPasses(): AsyncGenerator<ExperimentEvent> {
    const { depth, width } = this.experiment.network
    this.distinctRows = countDistinctRows(await this.runner.activations(), width)
    const cuts = this.cut({ from: 0, to: depth })
    yield* this.timed('forward', this.forwardPass(cuts))
    yield* this.timed('backward', this.backwardPass(cuts))
  }

  /** Adds the time between resuming and yielding to a phase, what weights took counted apart. */
  private async *timed(
    phase: Exclude<keyof PhaseTimes, 'weights'>,
    events: AsyncGenerator<ExperimentEvent>,
  ) {
    for (;;) {
      const [start, weightMs] = [performance.now(), this.runner.weightMs]
      const next = await events.next()
      const drawn = this.runner.weightMs - weightMs
      this.times.weights += drawn
      this.times[phase] += performance.now() - start - drawn
      if (next.done === true) return
      yield next.value
    }
  }

  /**
   * Block-aligned cuts of a span into pieces whose records (and weights) fit the budget, or as many
   * pieces as there may be checkpoints; pieces still too large are cut again when their turn comes.
   */
  private cut({ from, to }: Span): readonly number[] {
    const { network, budget } = this.experiment
    const { branch } = network.config
    const pieces = Math.ceil((to - from) / this.recordableLayers())
    const affordable = Math.max(2, Math.floor(budget.checkpointBytes / this.runner.stateBytes))
    const raw = Math.ceil((to - from) / Math.min(pieces, affordable))
    const step = Math.max(branch, Math.ceil(raw / branch) * branch)
    const cuts: number[] = []
    for (let cut = from; cut < to; cut += step) cuts.push(cut)
    return [...cuts, to]
  }

  private recordableLayers(): number {
    const { network, budget } = this.experiment
    const bytesOfWeights = 4 * network.width ** 2 * (network.config.mix === 'orthogonal' ? 2 : 1)
    const byTape = Math.floor(budget.tapeBytes / this.runner.tapeBytes)
    const byWeights = Math.floor(budget.weightBytes / bytesOfWeights)
    return Math.max(network.config.branch, Math.min(byTape, byWeights))
  }

  /** All layers once, measured; a checkpoint at each cut, the last piece recorded where it fits. */
  private async *forwardPass(cuts: readonly number[]): AsyncGenerator<ExperimentEvent> {
    const last = cuts.length - 2
    yield { kind: 'layers', pass: 'forward', first: 0, last: 0, steps: 0 }
    yield* this.picturesAt(0)
    for (let i = 0; i <= last; i++) {
      const span = { from: cuts[i]!, to: cuts[i + 1]! }
      this.runner.checkpoint()
      const record = i === last && span.to - span.from <= this.recordableLayers()
      yield* this.forwardSpan(span, { record, measure: true })
    }
  }

  private async *forwardSpan(
    { from, to }: Span,
    options: { readonly record: boolean; readonly measure: boolean },
  ): AsyncGenerator<ExperimentEvent> {
    for (let layer = from; layer < to;) {
      const end = Math.min(to, layer + this.sizer.size, this.nextPicture(layer, options.measure))
      const start = performance.now()
      await this.runner.forward({ from: layer, to: end }, options)
      this.sizer.took(performance.now() - start, end - layer)
      yield options.measure
        ? { kind: 'layers', pass: 'forward', first: layer + 1, last: end, steps: end - layer }
        : { kind: 'step' }
      if (options.measure) yield* this.picturesAt(end)
      layer = end
    }
  }

  private nextPicture(layer: number, measure: boolean): number {
    const next = measure ? this.experiment.pictures.find((picture) => picture > layer) : undefined
    return next ?? Infinity
  }

  private async *picturesAt(layer: number): AsyncGenerator<ExperimentEvent> {
    if (!this.experiment.pictures.includes(layer)) return
    const picture = await takePicture(this.runner, layer, this.experiment.network)
    yield { kind: 'picture', picture }
  }

  private async *backwardPass(cuts: readonly number[]): AsyncGenerator<ExperimentEvent> {
    const { depth } = this.experiment.network
    await this.runner.startBackward()
    for (let i = cuts.length - 2; i >= 0; i--) {
      const span = { from: cuts[i]!, to: cuts[i + 1]! }
      const recorded = span.to === depth && span.to - span.from <= this.recordableLayers()
      yield* this.backwardSpan(span, recorded)
      if (span.from > 0) this.runner.release(span.from)
    }
    deriveGsc(this.rows, depth)
    yield { kind: 'layers', pass: 'backward', first: 0, last: depth, steps: 0 }
  }

  /** One piece backward: recorded anew from its checkpoint, or cut again if it is still too large. */
  private async *backwardSpan(span: Span, recorded: boolean): AsyncGenerator<ExperimentEvent> {
    if (recorded) {
      yield* this.backwardLayers(span)
      return
    }
    this.runner.restore(span.from)
    const cuts = this.cut(span)
    if (cuts.length === 2) {
      yield* this.forwardSpan(span, { record: true, measure: false })
      yield* this.backwardLayers(span)
      return
    }
    for (let i = 1; i < cuts.length - 1; i++) {
      yield* this.forwardSpan(
        { from: cuts[i - 1]!, to: cuts[i]! },
        { record: false, measure: false },
      )
      this.runner.checkpoint()
    }
    for (let i = cuts.length - 2; i >= 0; i--) {
      yield* this.backwardSpan({ from: cuts[i]!, to: cuts[i + 1]! }, false)
      if (i > 0) this.runner.release(cuts[i]!)
    }
  }

  private async *backwardLayers({ from, to }: Span): AsyncGenerator<ExperimentEvent> {
    const { branch } = this.experiment.network.config
    for (let layer = to; layer > from;) {
      const chunk = Math.max(1, Math.floor(this.sizer.size / branch)) * branch
      const end = Math.max(from, layer - chunk)
      const start = performance.now()
      await this.runner.backward({ from: end, to: layer })
      this.clearVanished({ from: end, to: layer })
      this.sizer.took(performance.now() - start, layer - end)
      yield { kind: 'layers', pass: 'backward', first: end, last: layer, steps: layer - end }
      layer = end
    }
  }

  /** Weight gradients that are exactly zero say so, whatever rounding left of them. */
  private clearVanished({ from, to }: Span): void {
    const { network } = this.experiment
    for (let layer = from + 1; layer <= to; layer++)
      if (weightGradientVanishes(network, this.distinctRows, layer))
        this.rows.log10_weight_gradient_norm[layer] = -Infinity
  }

  /** The Jacobian of sample 0, up to the last layer whose spectrum is wanted. */
  private async *spectraPass(): AsyncGenerator<ExperimentEvent> {
    const { network, spectra, newProduct, atSpectrum = () => 'read' } = this.experiment
    const last = spectra.at(-1)
    if (last === undefined) return
    this.runner.restore(0)
    const tracker = new SampleTracker(network, await this.runner.activations())
    const chain = new JacobianChain(network, newProduct(network.width))
    if (spectra[0] === 0 && atSpectrum(0) === 'read') yield spectrumOf(0, chain)
    let [told, toldAt] = [0, -Infinity]
    for (let layer = 1; layer <= last; layer++) {
      await this.advance(chain, tracker, layer)
      const order = spectra.includes(layer) ? atSpectrum(layer) : 'pass'
      if (order === 'stop') return
      // What is skipped is read by another worker: here, too, all that follows must find the same digits.
      if (order === 'skip') chain.settle()
      if (order === 'read') yield spectrumOf(layer, chain)
      if (layer < last && performance.now() - toldAt < TELL_AFTER_MS) continue
      yield { kind: 'layers', pass: 'spectra', first: told + 1, last: layer, steps: layer - told }
      ;[told, toldAt] = [layer, performance.now()]
    }
  }

  /** Multiplies the chain by the Jacobian of a layer; batch statistics are taken from the engine's batch. */
  private async advance(chain: JacobianChain, tracker: SampleTracker, layer: number) {
    const { runner } = this
    const { norm } = this.experiment.network.config
    const followsBatch = normalizations[norm].axis === 'batch'
    if (followsBatch) await runner.forward({ from: layer - 1, to: layer }, UNMEASURED)
    const columns = followsBatch ? await runner.columns() : undefined
    chain.advance(layer, tracker.step(layer, await runner.weights(layer), columns))
    if (followsBatch) tracker.follow(await runner.activations())
  }
}

const spectrumOf = (layer: number, chain: JacobianChain): ExperimentEvent => ({
  kind: 'spectrum',
  spectrum: { layer, log10SingularValues: chain.log10SingularValues() },
})

/** Layers of the Jacobian are told of in bursts, short against a frame: a message each would cost more than they do. */
const TELL_AFTER_MS = 6

const UNMEASURED = { record: false, measure: false } as const
