import { expect, test } from 'vitest'
import type { CardReply, CardRequest, TheoryRequest } from '../../src/engine/protocol.ts'
import { emptyRows } from '../../src/engine/statistics.ts'
import { defaultConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { changeNetwork, changeView } from '../../src/state/actions.ts'
import { Cards, isCardFresh } from '../../src/state/card.ts'
import { defaultLink, defaultView, type LinkState } from '../../src/state/fields.ts'
import { beginRun, withRows } from '../../src/state/run.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { activationCard } from '../../src/theory/activationCard.ts'
import { cobwebs } from '../../src/theory/cobweb.ts'
import { startedOf } from './fakes.ts'

/** A worker that answers when told to, and a run on show whose inputs have rms 1 and cosine 0. */
function openCards(link: LinkState = defaultLink) {
  const store = createPageStore(link)
  const asked: CardRequest[] = []
  let connections = 0
  const send = (request: TheoryRequest) => {
    if (request.kind === 'card') asked.push(request)
  }
  const cards = new Cards(store, () => {
    connections++
    return { send }
  })
  show(store, 0, 0)
  const answer = (cardId = asked.at(-1)!.cardId) => {
    cards.receive(answerTo(asked.find((request) => request.cardId === cardId)!))
  }
  return { store, asked, answer, connections: () => connections }
}

function answerTo({ cardId, config, start }: CardRequest): CardReply {
  const maps = cobwebs(resolveNetwork(config), start)
  return { kind: 'card', cardId, card: activationCard(config), maps }
}

/** Shows a run whose inputs were drawn with this rms and mean cosine. */
function show(store: PageStore, log10Rms: number, meanCosine: number): void {
  const { network } = store.getState().link
  const rows = emptyRows(0)
  rows.log10_activation_rms[0] = log10Rms
  rows.mean_cosine[0] = meanCosine
  const run = beginRun(network, startedOf(network, 1), null)
  store.setState({ shown: withRows(run, { kind: 'rows', runId: 1, first: 0, rows }) })
}

test('Cards wait for the first run', () => {
  const store = createPageStore(defaultLink)
  const connect = () => expect.unreachable('Cards must not ask yet')
  expect(new Cards(store, connect)).toBeDefined()
  changeNetwork(store, { gain: 2 }, 'commit')
})

test('Cards ask for the settings at once, over a worker of their own, and show the answer', () => {
  const { store, asked, answer, connections } = openCards()
  expect(connections()).toBe(1)
  expect(asked).toMatchObject([{ config: defaultConfig, start: { log10Rms: 0, meanCosine: 0 } }])
  expect(isCardFresh(store.getState())).toBe(false)
  answer()
  expect(store.getState().card?.card.m1).toBe(0)
  expect(isCardFresh(store.getState())).toBe(true)
})

test('Cards have one question out while a slider moves, and then ask for where it is', () => {
  const { store, asked, answer } = openCards()
  for (const gain of [1.1, 1.2, 1.3]) changeNetwork(store, { gain }, 'drag')
  expect(asked).toHaveLength(1)
  answer()
  expect(asked.map(({ config }) => config.gain)).toEqual([1, 1.3])
  expect(store.getState().card?.config.gain).toBe(1)
  expect(isCardFresh(store.getState())).toBe(false)
  answer()
  expect(store.getState().card?.config.gain).toBe(1.3)
  expect(asked).toHaveLength(2)
})

test('Cards ask again from inputs as drawn, once', () => {
  const { store, asked, answer } = openCards()
  answer()
  show(store, 0.5, 0.25)
  expect(asked.at(-1)!.start).toMatchObject({ log10Rms: 0.5, meanCosine: 0.25 })
  answer()
  show(store, 0.5, 0.25)
  expect(asked).toHaveLength(2)
  show(store, -Infinity, NaN)
  expect(asked.at(-1)!.start).toEqual({ log10Rms: 0, meanCosine: 0 })
})

test('Cards ignore an answer to an older question', () => {
  const { store, asked, answer } = openCards()
  answer()
  changeNetwork(store, { act: 'relu' }, 'commit')
  answer(asked[0]!.cardId)
  expect(store.getState().card?.config.act).toBe('tanh')
})

test('Cards start no worker where no panel shows them', () => {
  const view = { ...defaultView, charts: ['norms'] }
  const { store, asked, connections } = openCards({ ...defaultLink, view })
  expect([connections(), isCardFresh(store.getState())]).toEqual([0, true])
  changeView(store, { charts: ['norms', 'maps'] })
  expect([connections(), asked.length]).toEqual([1, 1])
  expect(openCards({ ...defaultLink, view: { ...defaultView, embed: 1 } }).connections()).toBe(0)
})
