import type { TheoryClient } from '../engine/client.ts'
import type { CardReply, NoCardReply } from '../engine/protocol.ts'
import { layerZeroOf } from './layerZero.ts'
import type { CardQuestion, PageState, PageStore } from './store.ts'

/** Panels that show the constants of the activation and the maps of a layer, by their names in the link. */
export const CARD_PANELS = { constants: 'activation', maps: 'maps' } as const

/** Inputs of rms 1 that have nothing in common, where those drawn are zero. */
const UNMEASURED: CardQuestion['start'] = { log10Rms: 0, meanCosine: 0 }

function startOf({ shown }: PageState): CardQuestion['start'] {
  return (shown && layerZeroOf(shown.rows)) ?? UNMEASURED
}

function isOnShow({ link: { view } }: PageState): boolean {
  const names: readonly string[] = Object.values(CARD_PANELS)
  return view.charts.length === 0 ? view.embed === 0 : view.charts.some((id) => names.includes(id))
}

const isAnswer = (
  question: CardQuestion | null,
  { link }: PageState,
  start: CardQuestion['start'],
) =>
  question?.config === link.network &&
  question.start.log10Rms === start.log10Rms &&
  question.start.meanCosine === start.meanCosine

/** Is what the panels show that of the present settings, or are there no such panels? */
export function isCardFresh(state: PageState): boolean {
  return !isOnShow(state) || isAnswer(state.card, state, startOf(state))
}

/**
 * Keeps constants and maps of the present settings while a panel shows them: asked for as soon as a setting
 * moves, before it has been run. One question is out at a time; the next one is for what is set by then.
 */
export class Cards {
  private readonly store: PageStore
  private readonly connect: () => Pick<TheoryClient, 'send'>
  private client: Pick<TheoryClient, 'send'> | undefined
  private asked: CardQuestion | null = null
  private isAsking = false
  private cardId = 0

  /** `connect` is called when there is something to ask. */
  constructor(store: PageStore, connect: () => Pick<TheoryClient, 'send'>) {
    this.store = store
    this.connect = connect
    store.subscribe((state) => {
      this.consider(state)
    })
  }

  private consider(state: PageState): void {
    // The first run goes first: a worker that starts beside it would hold it up.
    if (this.isAsking || !state.shown || !isOnShow(state)) return
    const start = startOf(state)
    if (isAnswer(this.asked, state, start)) return
    this.asked = { config: state.link.network, start }
    this.isAsking = true
    this.client ??= this.connect()
    this.client.send({ kind: 'card', cardId: ++this.cardId, ...this.asked })
  }

  receive(reply: CardReply | NoCardReply): void {
    if (reply.cardId !== this.cardId || !this.asked) return
    this.isAsking = false
    if (reply.kind === 'no-card') return
    const { card, maps } = reply
    this.store.setState({ card: { ...this.asked, card, maps } })
  }
}
