/** ColorBrewer's BrBG (C. Brewer, colorbrewer2.org): brown for -1, green-blue for 1, told apart by the colour-blind. */
const DIVERGING = [
  ...['#543005', '#8c510a', '#bf812d', '#dfc27d', '#f6e8c3', '#f5f5f5'],
  ...['#c7eae5', '#80cdc1', '#35978f', '#01665e', '#003c30'],
]

const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
const STOPS = DIVERGING.map(channels)

/** A colour for a number from -1 to 1; white is 0. */
export function diverging(value: number): string {
  const place = (Math.max(-1, Math.min(1, value)) + 1) * ((STOPS.length - 1) / 2)
  const below = Math.min(STOPS.length - 2, Math.floor(place))
  const [from, to] = [STOPS[below]!, STOPS[below + 1]!]
  const mixed = from.map((channel, i) => Math.round(channel + (place - below) * (to[i]! - channel)))
  return `rgb(${mixed.join(', ')})`
}

/** A colour for a share of the way around a circle. */
export const around = (share: number): string => `hsl(${Math.round(360 * share)} 65% 50%)`
