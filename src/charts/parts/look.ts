import { useState } from 'react'
import type { ChartProps } from '../chart.ts'

/**
 * Which of a chart's ways to look at it is taken, and how to take another: the page's choice, or the chart's own where
 * no page keeps it. The first way is the one that needs no word.
 */
export function useLook<K extends string>(
  { look = null, onLook }: Pick<ChartProps, 'look' | 'onLook'>,
  looks: Readonly<Record<K, string>>,
): readonly [K, (look: K) => void] {
  const [own, setOwn] = useState(look)
  const ids = Object.keys(looks) as K[]
  const wanted = onLook ? look : own
  const change = (next: K) => {
    const word = next === ids[0] ? null : next
    setOwn(word)
    onLook?.(word)
  }
  return [ids.find((id) => id === wanted) ?? ids[0]!, change]
}
