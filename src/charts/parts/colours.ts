import { scaleLinear } from 'd3-scale'

/** ColorBrewer's BrBG (C. Brewer, colorbrewer2.org): brown for -1, green-blue for 1, told apart by the colour-blind. */
const DIVERGING = [
  ...['#543005', '#8c510a', '#bf812d', '#dfc27d', '#f6e8c3', '#f5f5f5'],
  ...['#c7eae5', '#80cdc1', '#35978f', '#01665e', '#003c30'],
]

/** A colour for a number from -1 to 1; white is 0. */
export const diverging = scaleLinear<string>()
  .domain(DIVERGING.map((_, i) => (2 * i) / (DIVERGING.length - 1) - 1))
  .range(DIVERGING)
  .clamp(true)

/** A colour for a share of the way around a circle. */
export const around = (share: number): string => `hsl(${Math.round(360 * share)} 65% 50%)`
