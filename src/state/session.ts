import type { EngineClient } from '../engine/client.ts'
import type { Finished, Reply, RunRequest, Started } from '../engine/protocol.ts'
import { unreachable } from '../base/assert.ts'
import type { NetworkConfig } from '../model/config.ts'
import { roundedDepth } from '../model/network.ts'
import type { Clock } from './clock.ts'
import { type CloseUps, closeUpsOf, glanceOf, NO_CLOSE_UPS } from './closeUps.ts'
import { type Files, filesInUse, fileWords, givenOf, NO_FILES } from './files.ts'
import {
  beginRun,
  type PinnedRun,
  type Run,
  withPicture,
  withResult,
  withRows,
  withSpectrum,
} from './run.ts'
import { isForecastOf, subjectOf } from './shownForecast.ts'
import { isPinned, keepPinned, missingPin, pinName } from './pinned.ts'
import type { Activity, PageState, PageStore } from './store.ts'
import { helpersOf } from './workerPool.ts'

export interface SessionOptions {
  readonly store: PageStore
  readonly connect: (
    onReply: (reply: Reply) => void,
    onCrash: (message: string) => void,
  ) => EngineClient
  readonly clock: Clock
  /** Where the data files are, an absolute address. */
  readonly dataUrl: string
  /** Processor cores of this machine. */
  readonly cores: number
}

/** A newer setting waits this long for the run under way to come through before it replaces it; not for a long one. */
const PATIENCE_MS = 600
/** A run that has gone on this long, and will go on for a second, is shown as far as it has come. */
const SHOW_PARTIAL_AFTER_MS = 100
const LONG_RUN_MS = 1000
/** Runs of so many layers are long, and shown from their first ones on: what is predicted of the rest comes with them. */
const VERY_DEEP = 10_000
/** They begin when theory, which needs the processor as they do, has told of all layers; or after this long. */
const HEAD_START_MS = 150
/** Close-ups come in bursts; they are shown together, about once a frame. */
const GATHER_MS = 16
/** Rows of a long run come every frame; that many charts of that many layers are drawn less often. */
const PARTIAL_MS = 100

/**
 * The one line from the settings to the worker and back. Runs are numbered and the newest wins. While
 * settings change faster than runs complete, the run under way is let finish its passes first (the
 * newest complete answer is always on show) and only the newest of the waiting settings is run next; theory goes ahead of
 * a very deep one.
 * Pinned networks that nothing is known of are run one by one when there is nothing else to do.
 */
export function startSession(options: SessionOptions): Session {
  const session = new Session(options)
  session.start()
  return session
}

interface Flight {
  readonly request: RunRequest
  readonly sentAt: number
  /** Is it for a pinned network, and never on show? */
  readonly isPinned: boolean
  readonly files: Files
  /** How much of the work is done, 0 ... 1. */
  progress: number
  run: Run | null
}

export class Session {
  private readonly options: SessionOptions
  private client: EngineClient | undefined
  private flight: Flight | undefined
  private lastRunId = 0
  private isWaiting = false
  private isGivingWay = false
  private cancelWait: () => void = () => undefined
  private cancelGather: (() => void) | undefined
  private unsubscribe: () => void = () => undefined

  constructor(options: SessionOptions) {
    this.options = options
  }

  start(): void {
    this.unsubscribe = this.options.store.subscribe((state, previous) => {
      if (needsRun(state, previous)) this.want()
      else if (this.isGivingWay && !isAheadOfTheory(state)) this.go()
      else if (state.link.view.pin !== previous.link.view.pin) this.turnToPins()
    })
    this.send()
  }

  stop(): void {
    this.unsubscribe()
    this.cancelWait()
    this.cancelGather?.()
    this.client?.close()
  }

  /** Stops the run under way; what it has delivered stays on show. */
  cancel(): void {
    if (!this.isGivingWay && (!this.flight || this.flight.isPinned)) return
    this.rest()
    this.drop()
    this.report({ kind: 'cancelled' })
  }

  /** Leaves the run under way, if there is one. */
  private drop(): void {
    if (this.flight) this.client?.send({ kind: 'cancel', runId: this.flight.request.runId })
    this.flight = undefined
  }

  /** Waits for nothing any more. */
  private rest(): void {
    this.cancelWait()
    this.isWaiting = false
    this.isGivingWay = false
  }

  /** Runs the present settings again. */
  retry(): void {
    this.send()
  }

  private want(): void {
    const { clock, store } = this.options
    if (this.isGivingWay && isAheadOfTheory(store.getState())) return
    if (!this.flight || this.flight.isPinned || this.flight.run?.isComplete === true) {
      this.send()
      return
    }
    if (this.isWaiting) return
    const isSeen = isVeryDeep(this.flight) && this.isOnShow(this.flight)
    const left = this.flight.sentAt + PATIENCE_MS - clock.now()
    if (isSeen || this.isLong(this.flight) || left <= 0) {
      this.send()
      return
    }
    this.isWaiting = true
    this.cancelWait = clock.after(left, () => {
      this.send()
    })
  }

  private send(): void {
    this.rest()
    if (isAheadOfTheory(this.options.store.getState())) this.giveWay()
    else this.go()
  }

  private giveWay(): void {
    this.drop()
    this.report({ kind: 'running', runId: this.lastRunId, progress: null })
    this.isGivingWay = true
    this.cancelWait = this.options.clock.after(HEAD_START_MS, () => {
      this.go()
    })
  }

  private go(): void {
    this.rest()
    const { link, gesture } = this.options.store.getState()
    const { network, view } = link
    const closeUps = gesture.isOpen ? glanceOf(network, view.layer) : closeUpsOf(network)
    const request = this.takeOff(network, closeUps, false)
    this.report({ kind: 'running', runId: request.runId, progress: null })
    this.deliver(request)
  }

  private takeOff(config: NetworkConfig, closeUps: CloseUps, isPinned: boolean): RunRequest {
    const { store, clock, dataUrl, cores } = this.options
    const { link, files: opened, gesture } = store.getState()
    const { engine } = link.view
    const files = isPinned ? NO_FILES : filesInUse(opened, config)
    const given = givenOf(files)
    const runId = ++this.lastRunId
    // Under the hand the first seed is all there is time for, and the page needs the cores.
    const helpers = gesture.isOpen ? 0 : helpersOf(cores)
    const words = { config, engine, dataUrl, given, helpers }
    const request: RunRequest = { kind: 'run', runId, ...words, ...closeUps }
    this.flight = { request, sentAt: clock.now(), isPinned, files, progress: 0, run: null }
    return request
  }

  /** Runs the next pinned network; stops one that is pinned no more. */
  private turnToPins(): void {
    const { flight } = this
    const state = this.options.store.getState()
    if (flight && !flight.isPinned) return
    const wanted = missingPin(state)
    if (flight && wanted && pinName(flight.request.config) === pinName(wanted)) return
    this.drop()
    if (wanted) this.deliver(this.takeOff(wanted, NO_CLOSE_UPS, true))
  }

  private receivePinned({ request, run }: Flight, reply: Reply): void {
    if (reply.kind === 'finished' && run)
      this.landPinned(request.config, { depth: run.start.depth, rows: reply.rows })
    else if (reply.kind === 'failed') this.landPinned(request.config, null)
  }

  private landPinned(network: NetworkConfig, run: PinnedRun | null): void {
    this.flight = undefined
    keepPinned(this.options.store, network, run)
    this.turnToPins()
  }

  /** Starts a worker where there is none (any more). */
  private deliver(request: RunRequest): void {
    try {
      this.client ??= this.options.connect(
        (reply) => {
          this.receive(reply)
        },
        (message) => {
          this.crash(message)
        },
      )
      this.client.send(request)
    } catch (error) {
      this.fail('no-worker', error instanceof Error ? error.message : String(error))
    }
  }

  private crash(message: string): void {
    this.client?.close()
    this.client = undefined
    this.rest()
    this.fail('no-worker', message)
  }

  private receive(reply: Reply): void {
    const { flight } = this
    if (reply.runId !== flight?.request.runId) return
    if (reply.kind === 'started') this.begin(flight, reply)
    else if (flight.isPinned) this.receivePinned(flight, reply)
    else if (flight.run) this.add(flight, flight.run, reply)
    else if (reply.kind === 'failed') this.fail(reply.code, reply.message)
  }

  private begin(flight: Flight, started: Started): void {
    const { shown } = this.options.store.getState()
    flight.run = beginRun(flight.request.config, started, shown, flight.files)
  }

  private add(flight: Flight, run: Run, reply: Exclude<Reply, Started>): void {
    switch (reply.kind) {
      case 'rows':
        flight.run = withRows(run, reply)
        this.showRows(flight, flight.run)
        return
      case 'spectrum':
        flight.run = withSpectrum(run, reply.spectrum)
        this.gather(GATHER_MS)
        return
      case 'picture':
        flight.run = withPicture(run, reply.picture)
        this.gather(GATHER_MS)
        return
      case 'progress': {
        const { kind: _, runId, ...progress } = reply
        flight.progress = progress.done / progress.total
        this.report({ kind: 'running', runId, progress })
        return
      }
      case 'finished':
        this.finish(run, reply)
        return
      case 'failed':
        this.fail(reply.code, reply.message)
        return
      case 'cancelled':
        this.land({ kind: 'cancelled' })
        return
      default:
        unreachable(reply)
    }
  }

  private showRows(flight: Flight, run: Run): void {
    const isFirst = this.options.store.getState().shown === null
    const isNewAndDeep = isVeryDeep(flight) && !this.isOnShow(flight)
    if (run.isComplete || isFirst || isNewAndDeep) this.show(run)
    else if (this.isLong(flight)) this.gather(this.isOnShow(flight) ? PARTIAL_MS : 0)
    if (this.isWaiting && (run.isComplete || isNewAndDeep)) this.send()
  }

  /** Is it late already, and still far from its end? */
  private isLong({ sentAt, progress }: Flight): boolean {
    const elapsedMs = this.options.clock.now() - sentAt
    return elapsedMs > SHOW_PARTIAL_AFTER_MS && elapsedMs > progress * LONG_RUN_MS
  }

  private gather(delayMs: number): void {
    this.cancelGather ??= this.options.clock.after(delayMs, () => {
      this.cancelGather = undefined
      const { flight } = this
      // By now the run it was for may be over, and a pinned one under way.
      if (!flight?.run || flight.isPinned) return
      if (this.isOnShow(flight) || this.isLong(flight)) this.show(flight.run)
    })
  }

  private isOnShow({ request }: Flight): boolean {
    return request.runId === this.options.store.getState().shown?.runId
  }

  private show(run: Run): void {
    this.options.store.setState({ shown: run })
  }

  private finish(run: Run, result: Finished): void {
    this.show(withResult(run, result))
    const { store } = this.options
    if (fileWords(run.files) === '' && isPinned(store.getState(), run.config))
      keepPinned(store, run.config, { depth: run.start.depth, rows: result.rows })
    this.land({ kind: 'idle' })
  }

  private fail(code: string, message: string): void {
    if (this.flight?.isPinned === true)
      keepPinned(this.options.store, this.flight.request.config, null)
    this.land({ kind: 'failed', code, message })
  }

  /** The run under way is over; a waiting setting takes off. */
  private land(activity: Activity): void {
    this.flight = undefined
    this.report(activity)
    if (this.isWaiting) this.send()
    else if (activity.kind === 'idle') this.turnToPins()
  }

  private report(activity: Activity): void {
    this.options.store.setState({ activity })
  }
}

const isVeryDeep = ({ run }: Flight) => run !== null && run.start.depth >= VERY_DEEP

/** Has theory yet to tell of a very deep network, of inputs that a run has measured? */
function isAheadOfTheory(state: PageState): boolean {
  const { link, shown, forecast } = state
  if (shown === null || roundedDepth(link.network) < VERY_DEEP) return false
  return forecast === null || !isForecastOf(forecast, subjectOf(state))
}

/** Does the change ask for other numbers, or for a closer look at those of a gesture that is over? */
function needsRun({ link, gesture, files }: PageState, previous: PageState): boolean {
  const isSettled = previous.gesture.isOpen && !gesture.isOpen
  const before = previous.link
  const isOther = files !== previous.files || link.view.engine !== before.view.engine
  return isSettled || link.network !== before.network || isOther
}
