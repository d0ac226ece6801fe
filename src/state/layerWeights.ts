import type { TheoryClient } from '../engine/client.ts'
import type { WeightsReply, WeightsRequest } from '../engine/protocol.ts'
import { drawnLayer } from '../model/network.ts'
import { cursorLayer } from './cursor.ts'
import { networkOfRun } from './facts.ts'
import { lookOf, WEIGHTS_LOOK } from './look.ts'
import type { Run } from './run.ts'
import type { PageState, PageStore, ShownWeights } from './store.ts'

/** Wider than this, singular values take more than a second. */
export const MAX_WEIGHTS_WIDTH = 512
/** Answers kept: a sweep of the cursor through a hundred layers, there and back. */
const MAX_KNOWN = 256

/** One W: where it comes from. */
type Question = Pick<WeightsRequest, 'config' | 'drawnLayer'> & Pick<ShownWeights, 'key'>

/** All that a drawn W depends on beside its layer. */
const DRAWN_FROM = ['init', 'sw', 'seed', 'width'] as const

function questionAbout(run: Run, cursor: number): Question {
  const { config, files } = run
  const layer = drawnLayer(networkOfRun(run), Math.max(1, cursor))
  const source = files.weights
    ? `file ${files.weights.id}`
    : DRAWN_FROM.map((name) => config[name]).join(' ')
  return { config, drawnLayer: layer, key: `${source} ${layer}` }
}

function isOnShow({ link: { view } }: PageState): boolean {
  const { chart, look } = WEIGHTS_LOOK
  const isHidden = view.charts.length === 0 ? view.embed === 1 : !view.charts.includes(chart)
  return !isHidden && lookOf(view, chart) === look
}

/** What there is to know for the page as it is; undefined while nobody looks, or where it is too much. */
function questionOf(state: PageState): Question | undefined {
  const { shown } = state
  if (!shown || shown.config.width > MAX_WEIGHTS_WIDTH || !isOnShow(state)) return undefined
  return questionAbout(shown, cursorLayer(state))
}

/** Are the weights on show those of the layer under the cursor, or does nobody look? */
export function areWeightsFresh(state: PageState): boolean {
  const question = questionOf(state)
  return !question || question.key === state.weights?.key
}

/** W from a file, cut out of its stack. */
function givenIn({ shown }: PageState, layer: number): WeightsRequest['given'] {
  const weights = shown?.files.weights
  if (!weights) return undefined
  const size = weights.width ** 2
  return weights.w.slice((layer - 1) * size, layer * size)
}

/**
 * Keeps the singular values of W at the cursor while a chart shows them. One question is out at a time, the
 * next one is for where the cursor is by then; what is known of a W is not asked again.
 */
export class LayerWeights {
  private readonly store: PageStore
  private readonly connect: () => Pick<TheoryClient, 'send'>
  private client: Pick<TheoryClient, 'send'> | undefined
  private readonly known = new Map<string, ShownWeights>()
  private asked: Question | undefined
  private weightsId = 0

  /** `connect` is called when there is something to ask. */
  constructor(store: PageStore, connect: () => Pick<TheoryClient, 'send'>) {
    this.store = store
    this.connect = connect
    store.subscribe((state) => {
      this.consider(state)
    })
    this.consider(store.getState())
  }

  private consider(state: PageState): void {
    const question = questionOf(state)
    if (!question || question.key === state.weights?.key) return
    const known = this.known.get(question.key)
    if (known) this.store.setState({ weights: known })
    else if (!this.asked) this.ask(question, state)
  }

  private ask(question: Question, state: PageState): void {
    const { config, drawnLayer: layer } = question
    this.asked = question
    this.client ??= this.connect()
    const given = givenIn(state, layer)
    const weightsId = ++this.weightsId
    this.client.send({ kind: 'weights', weightsId, config, drawnLayer: layer, given })
  }

  receive({ weightsId, spectrum }: WeightsReply): void {
    if (weightsId !== this.weightsId || !this.asked) return
    const weights = { key: this.asked.key, layer: this.asked.drawnLayer, spectrum }
    this.asked = undefined
    if (spectrum) this.keep(weights)
    this.store.setState({ weights })
  }

  private keep(weights: ShownWeights): void {
    const [oldest] = this.known.keys()
    if (this.known.size >= MAX_KNOWN && oldest !== undefined) this.known.delete(oldest)
    this.known.set(weights.key, weights)
  }
}
