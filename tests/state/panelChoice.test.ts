import { describe, expect, it } from 'vitest'
import { advancePanel, chosenPanels, togglePanel } from '../../src/state/panelChoice.ts'

const known = ['a', 'b', 'c', 'd']

describe('chosenPanels(names, known)', () => {
  it('are all without a list, and the named ones in their order with one', () => {
    expect(chosenPanels([], known)).toEqual(known)
    expect(chosenPanels(['c', 'a'], known)).toEqual(['c', 'a'])
  })

  it('ignores names of nothing, and is all where no other is left', () => {
    expect(chosenPanels(['x', 'b'], known)).toEqual(['b'])
    expect(chosenPanels(['x'], known)).toEqual(known)
  })
})

describe('togglePanel(chosen, known, name)', () => {
  it('hides what is shown and shows it again at the end', () => {
    expect(togglePanel(known, known, 'b')).toEqual(['a', 'c', 'd'])
    expect(togglePanel(['a', 'c', 'd'], known, 'b')).toEqual(['a', 'c', 'd', 'b'])
  })

  it('says nothing when all are in their places, and never hides the last', () => {
    expect(togglePanel(['a', 'b', 'c'], known, 'd')).toEqual([])
    expect(togglePanel(['c'], known, 'c')).toEqual(['c'])
  })
})

describe('advancePanel(chosen, known, name)', () => {
  it('exchanges a panel and the one before it', () => {
    expect(advancePanel(known, known, 'c')).toEqual(['a', 'c', 'b', 'd'])
    expect(advancePanel(['b', 'a', 'c', 'd'], known, 'a')).toEqual([])
    expect(advancePanel(['d', 'a'], known, 'd')).toEqual(['d', 'a'])
  })
})
