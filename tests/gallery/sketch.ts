/**
 * A drawing in a few lines that a person can compare: its sentences, the words in it, and for each class of
 * curve how many points it has and which box of pixels it fills.
 */
export function sketchOf(markup: string): string {
  const texts = [...markup.matchAll(/>([^<>]+)</g)].map(([, text = '']) => text.trim())
  const words = texts.filter((text) => text !== '')
  const spoken = /role="\w+" aria-label="([^"]{20,})"/.exec(markup)?.[1] ?? 'no drawing'
  return [spoken, words.join(' | '), ...curves(markup), marks(markup)].join('\n')
}

const TAGS = ['rect', 'circle', 'line', 'canvas', 'path']

function marks(markup: string): string {
  const counts = TAGS.map((tag) => `${markup.split(`<${tag} `).length - 1} ${tag}`)
  return counts.join(', ')
}

function curves(markup: string): readonly string[] {
  const groups = [...markup.matchAll(/<g class="([^"]*)"><path class="curve" d="([^"]*)"/g)]
  return groups.map(([, name, path = '']) => `${name}: ${boxOf(path)}`)
}

function boxOf(path: string): string {
  const points = [...path.matchAll(/([-\d.]+),([-\d.]+)/g)]
  const span = (values: readonly number[]) =>
    `${Math.round(Math.min(...values))}-${Math.round(Math.max(...values))}`
  const [xs, ys] = [points.map(([, x]) => Number(x)), points.map(([, , y]) => Number(y))]
  return `${points.length} points, ${span(xs)} across, ${span(ys)} down`
}
