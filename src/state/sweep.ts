import type { EngineClient, TheoryClient } from '../engine/client.ts'
import type { EngineChoice, Finished, Reply, Spectrum, TheoryReply } from '../engine/protocol.ts'
import type { NetworkConfig } from '../model/config.ts'
import { resolveNetwork } from '../model/network.ts'
import { affordsSpectra } from './closeUps.ts'
import type { Clock } from './clock.ts'
import type { View } from './fields.ts'
import { filesInUse, givenOf } from './files.ts'
import { layerZeroOf } from './layerZero.ts'
import { SWEEP_PANEL } from './panelChoice.ts'
import type { PageState, PageStore } from './store.ts'
import { SweepForecasts } from './sweepForecasts.ts'
import {
  bandOf,
  isSamePlan,
  planOf,
  pointsOf,
  predictedOutcome,
  quantitiesOf,
  type SweepPlan,
  type SweepPoint,
  type SweepRun,
  UNPREDICTED,
} from './sweepPoints.ts'
import { type PoolTask, poolSize, WorkerPool } from './workerPool.ts'

export interface SweepOptions {
  readonly store: PageStore
  readonly connect: (
    onReply: (reply: Reply) => void,
    onCrash: (message: string) => void,
  ) => EngineClient
  readonly connectTheory: (onReply: (reply: TheoryReply) => void) => TheoryClient
  readonly clock: Clock
  /** Where the data files are, an absolute address. */
  readonly dataUrl: string
  /** Processors of the machine. */
  readonly cores: number
}

/** A sweep begins when the network's own run has been over for this long. */
const REST_MS = 200
/** Progress comes in bursts from several workers; it is shown about this often. */
const GATHER_MS = 100
/** Workers that nobody has needed for this long are closed. */
const IDLE_MS = 10_000

/** Beyond this many bytes of weights a run fills what it may keep; several at once would fill a phone. */
const MAX_SHARED_WEIGHTS = 96 * 2 ** 20

const isHeavy = ({ depth, width }: NetworkConfig) => 4 * depth * width ** 2 > MAX_SHARED_WEIGHTS

/** Is the sweep of the link on show? */
export const showsSweep = ({ sweep, charts }: View): boolean =>
  sweep !== null && (charts.length === 0 || charts.includes(SWEEP_PANEL))

/**
 * Runs the values of the link's sweep, each as a network of its own, in a pool of workers, whenever the
 * network's own run leaves the machine alone. The newest sweep wins; what an older one has computed of
 * the same networks is kept.
 */
export function startSweeps(options: SweepOptions): Sweeps {
  const sweeps = new Sweeps(options)
  options.store.subscribe((state) => {
    sweeps.consider(state)
  })
  return sweeps
}

export class Sweeps {
  private readonly options: SweepOptions
  private readonly pool: WorkerPool
  private readonly forecasts: SweepForecasts
  private seen: PageState | undefined
  private plan: SweepPlan | null = null
  private points: SweepPoint[] = []
  private stage: SweepRun['stage'] = 'waiting'
  private cancelRest: (() => void) | undefined
  private cancelGather: (() => void) | undefined
  private cancelClose: () => void = () => undefined

  constructor(options: SweepOptions) {
    this.options = options
    this.pool = new WorkerPool(options.connect)
    this.forecasts = new SweepForecasts(options.connectTheory)
  }

  /** Takes up what has changed on the page. */
  consider(state: PageState): void {
    if (!this.seen || !isSameQuestion(state, this.seen)) {
      this.seen = state
      const { link, files } = state
      const { sweep, engine } = link.view
      const isShown = sweep && showsSweep(link.view)
      const plan = isShown ? planOf(sweep, { network: link.network, engine, files }) : null
      if (!isSamePlan(plan, this.plan)) this.replace(plan)
    }
    if (this.stage !== 'waiting' || !this.plan || !isAtRest(state)) this.dropRest()
    else
      this.cancelRest ??= this.options.clock.after(REST_MS, () => {
        this.start()
      })
  }

  /** Runs what is not known yet, at once. */
  start(): void {
    this.dropRest()
    const { plan } = this
    if (!plan) return
    this.cancelClose()
    this.stage = 'running'
    const engine = this.engineOf(plan)
    const tasks: PoolTask[] = []
    this.points = this.points.map((point, i) => {
      if (point.stage !== 'waiting' && point.stage !== 'failed') return point
      tasks.push(this.taskOf(plan, i, engine))
      return { ...point, stage: 'waiting', progress: 0 }
    })
    this.publish()
    this.points.forEach((point, i) => {
      if (point.stage === 'done' && !point.predicted) this.predict(i, point)
    })
    const isAlone = engine === 'webgpu' || tasks.some(({ run }) => isHeavy(run.config))
    this.pool.start(tasks, isAlone ? 1 : poolSize(this.options.cores))
    this.landIfDone()
  }

  /** Stops; what is known stays on show. */
  cancel(): void {
    if (this.stage !== 'running') return
    this.pool.stop()
    this.closeLater()
    this.stage = 'cancelled'
    this.points = this.points.map((point) =>
      point.stage === 'running' ? { ...point, stage: 'waiting', progress: 0 } : point,
    )
    this.publish()
  }

  private replace(plan: SweepPlan | null): void {
    this.pool.stop()
    this.forecasts.stop()
    this.closeLater()
    this.dropRest()
    this.points = plan ? [...pointsOf(plan, this.plan, this.points)] : []
    this.plan = plan
    this.stage = 'waiting'
    this.publish()
  }

  private dropRest(): void {
    this.cancelRest?.()
    this.cancelRest = undefined
  }

  /** What computed the run on show is known to work and to be fast here. */
  private engineOf({ engine }: SweepPlan): EngineChoice {
    const { shown } = this.options.store.getState()
    return engine === 'auto' && shown ? shown.start.engine : engine
  }

  private taskOf(plan: SweepPlan, index: number, engine: EngineChoice): PoolTask {
    const { config } = this.points[index] as SweepPoint
    const hasSpectrum = plan.hasSpectra && affordsSpectra(config)
    const spectra = hasSpectrum ? [resolveNetwork(config).depth] : []
    const given = givenOf(filesInUse(plan.files, config))
    let spectrum: Spectrum | undefined
    return {
      run: { config, engine, spectra, pictures: [], dataUrl: this.options.dataUrl, given },
      receive: (reply) => {
        if (reply.kind === 'spectrum') ({ spectrum } = reply)
        this.receive(index, reply, spectrum)
      },
      fail: (message) => {
        this.fail(index, message)
      },
    }
  }

  private receive(index: number, reply: Reply, spectrum: Spectrum | undefined): void {
    if (reply.kind === 'started') this.put(index, { stage: 'running' })
    if (reply.kind === 'progress') this.put(index, { progress: reply.done / reply.total })
    if (reply.kind === 'finished') this.finish(index, reply, spectrum)
    if (reply.kind === 'failed') this.fail(index, reply.message)
  }

  private put(index: number, changes: Partial<SweepPoint>): void {
    this.points = this.points.map((point, i) => (i === index ? { ...point, ...changes } : point))
    this.cancelGather ??= this.options.clock.after(GATHER_MS, () => {
      this.publish()
    })
  }

  private finish(index: number, result: Finished, spectrum: Spectrum | undefined): void {
    const { rows, summary, bands } = result
    // Theory is about drawn weights.
    const { config } = this.points[index] as SweepPoint
    const isDrawn = this.plan !== null && !filesInUse(this.plan.files, config).weights
    const origin = isDrawn ? layerZeroOf(rows) : null
    this.put(index, {
      ...{ stage: 'done', progress: 1, isOld: false, origin },
      measured: quantitiesOf({ rows, ...summary, spectrum }),
      band: bands && bandOf(bands),
      predicted: origin ? null : quantitiesOf(UNPREDICTED),
    })
    this.publish()
    this.predict(index, this.points[index] as SweepPoint)
    this.landIfDone()
  }

  private predict(index: number, { config, origin }: SweepPoint): void {
    if (!origin) return
    this.forecasts.ask({
      config,
      start: origin,
      spectra: this.plan?.hasSpectra === true ? [resolveNetwork(config).depth] : [],
      receive: (forecast) => {
        this.put(index, { predicted: quantitiesOf(predictedOutcome(forecast)) })
        this.closeLater()
      },
    })
  }

  private fail(index: number, words: string): void {
    this.put(index, { stage: 'failed', words })
    this.publish()
    this.landIfDone()
  }

  private landIfDone(): void {
    const isBusy = this.points.some(({ stage }) => stage === 'waiting' || stage === 'running')
    if (isBusy || this.stage !== 'running') return
    this.stage = 'done'
    this.publish()
    this.closeLater()
  }

  private closeLater(): void {
    this.cancelClose()
    this.cancelClose = this.options.clock.after(IDLE_MS, () => {
      if (!this.pool.isIdle || !this.forecasts.isIdle) return
      this.pool.close()
      this.forecasts.close()
    })
  }

  private publish(): void {
    this.cancelGather?.()
    this.cancelGather = undefined
    const { plan, stage, points } = this
    this.options.store.setState({ sweep: plan && { key: plan.key, stage, points } })
  }
}

/** States that ask for the same sweep, whatever else they say. */
function isSameQuestion({ link, files }: PageState, other: PageState): boolean {
  const { sweep, engine, charts } = other.link.view
  const { view, network } = link
  const isSameView = view.sweep === sweep && view.engine === engine && view.charts === charts
  return isSameView && network === other.link.network && files === other.files
}

/** Is the network's own run through, and no slider held? */
const isAtRest = ({ activity, gesture, shown }: PageState) =>
  activity.kind === 'idle' && !gesture.isOpen && shown !== null
