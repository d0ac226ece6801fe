import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Colour = readonly [number, number, number]

/** The variables of a style sheet in both schemes, as linear red, green and blue. */
function paletteOf(file: string, scheme: 'light' | 'dark'): Readonly<Record<string, Colour>> {
  const text = readFileSync(new URL(`../../src/ui/${file}`, import.meta.url), 'utf8')
  const blocks = [...text.matchAll(/:root(\[[^\]]*\])? \{([^}]*)\}/g)]
  const chosen = blocks.filter(([, dark]) => (dark === undefined) === (scheme === 'light'))
  const entries = chosen.flatMap(([, , body = '']) => [
    ...body.matchAll(/--([\w-]+): #([0-9a-f]{6})/g),
  ])
  return Object.fromEntries(entries.map(([, name = '', hex = '']) => [name, linear(hex)] as const))
}

const linear = (hex: string): Colour => {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(0), channel(2), channel(4)]
}

const times = (matrix: readonly Colour[], [r, g, b]: Colour): Colour =>
  matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  ) as unknown as Colour

/** Full loss of one kind of cones, on linear light: Machado, Oliveira and Fernandes 2009, table 1. */
const sights: Readonly<Record<string, readonly Colour[]>> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const luminance = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG 2.2, section 1.4.3. */
function contrast(p: Colour, q: Colour): number {
  const [low, high] = [luminance(p), luminance(q)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

/** CIE 1976 L*a*b*, white D65. */
function lab([r, g, b]: Colour): Colour {
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const difference = (p: Colour, q: Colour) => Math.hypot(...lab(p).map((v, i) => v - lab(q)[i]!))

/** Where two colours are told apart at a glance; 2.3 is where they are told apart at all. */
const CLEARLY_APART = 25
const TEXT = 4.5
const GRAPHICS = 3

describe.each(['light', 'dark'] as const)('%s colours', (scheme) => {
  const page = paletteOf('page.css', scheme)
  const chart = paletteOf('charts.css', scheme)

  it.each(['ink', 'ink-2', 'bad', 'good'])('text in --%s can be read on the page', (name) => {
    expect(contrast(page[name]!, page['page']!)).toBeGreaterThan(TEXT)
    expect(contrast(page[name]!, page['surface']!)).toBeGreaterThan(TEXT)
  })

  it.each(['forward', 'backward'])('curves in --%s stand out from the page', (name) => {
    expect(contrast(chart[name]!, page['page']!)).toBeGreaterThan(GRAPHICS)
  })

  it.each(Object.keys(sights))('forward and backward are told apart with %s', (sight) => {
    const [forward, backward] = ['forward', 'backward'].map((name) =>
      times(sights[sight]!, chart[name]!),
    )
    expect(difference(forward!, backward!)).toBeGreaterThan(CLEARLY_APART)
  })
})
