import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ActivationCard } from '../../src/charts/activationCard.tsx'
import { Cobweb } from '../../src/charts/cobweb.tsx'
import { constantGroups } from '../../src/charts/parts/constants.ts'
import { partsWithin } from '../../src/charts/parts/plane.ts'
import { criticalPoints, growthTable } from '../../src/charts/phaseMap.tsx'
import { activationIds } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { normalizationIds } from '../../src/model/normalizations.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { activationCard } from '../../src/theory/activationCard.ts'
import { cobwebs } from '../../src/theory/cobweb.ts'

const about = { title: 'Title', reading: 'How to read it.', width: 480, height: 240 }
const configOf = (overrides: Partial<NetworkConfig>) => ({ ...defaultConfig, ...overrides })

function cardOf(overrides: Partial<NetworkConfig>): string {
  const config = configOf(overrides)
  return renderToStaticMarkup(
    <ActivationCard {...about} config={config} constants={activationCard(config)} />,
  )
}

function mapsOf(overrides: Partial<NetworkConfig>, meanCosine = 0): string {
  const start = { log10Rms: 0, meanCosine }
  const maps = cobwebs(resolveNetwork(configOf(overrides)), start)
  return renderToStaticMarkup(<Cobweb {...about} maps={maps} />)
}

/** Every number that says where something is. */
function coordinates(markup: string): readonly number[] {
  const places = [...markup.matchAll(/ (?:d|x1|x2|y1|y2|x|y|transform)="([^"]*)"/g)]
  return places.flatMap(([, text = '']) =>
    (text.match(/NaN|-?Infinity|-?[\d.]+/g) ?? []).map(Number),
  )
}

function expectInside(markup: string): void {
  expect(markup).not.toMatch(/NaN|undefined|Infinity/)
  const places = coordinates(markup)
  expect(places.length).toBeGreaterThan(50)
  for (const place of places) expect(Math.abs(place)).toBeLessThanOrEqual(about.width)
}

const extremes: readonly Partial<NetworkConfig>[] = [
  {},
  { gpn: 1 },
  { gain: 10, sw: 10, sb: 10 },
  { gain: 0.01, sw: 0.01 },
  { gain: 10, sw: 10 },
  { sw: 0, sb: 1 },
]

describe.each(activationIds)('of %s', (act) => {
  it('the card and the maps are drawn within their frames', () => {
    for (const overrides of extremes) {
      expectInside(cardOf({ act, ...overrides }))
      expectInside(mapsOf({ act, ...overrides }, 0.3))
    }
  })
})

describe('activation card', () => {
  it('shows every constant, explained by formula, with the normalization in use marked', () => {
    const markup = cardOf({ act: 'relu', norm: 'batch' })
    for (const { constants } of constantGroups)
      for (const { symbol, meaning } of constants) {
        expect(markup).toContain(`${symbol} <b>`)
        expect(meaning).toMatch(/[=√].*\.$/)
      }
    expect(markup).toMatch(/class="constant current"[^>]*>batch <b>×1\.234</)
    expect(markup).toContain('m₁ <b>0.3989</b>')
  })

  it('knows every normalization', () => {
    const ids = constantGroups.flatMap(({ constants }) => constants.map(({ id }) => id))
    for (const id of normalizationIds) expect(ids).toContain(id)
  })

  it('says which root is taken, why, and whether it is in use', () => {
    expect(cardOf({ act: 'tanh' })).toContain(
      'Not in use (a = 1, b = 0); switched on, b₊ is taken: its slope 0.3915 is at most 1.',
    )
    expect(cardOf({ act: 'gelu', gpn: 1 })).toContain(
      'In use: a = 1.481, b = −0.9095; b₋ is taken: with b₊ the slope would be 1.113, above 1.',
    )
    expect(cardOf({ act: 'linear', gpn: 1 })).toContain('both roots are the same')
  })

  it('says where nothing is predicted, and what it draws', () => {
    expect(cardOf({ act: 'gelu' })).toContain('batch <b>no prediction</b>')
    expect(cardOf({ gain: 1.5, gpn: 1 })).toContain('Tanh, a φ(1.5 z) + b')
    expect(cardOf({})).toMatch(/role="img" aria-label="[^"]*Tanh at gain 1\. Mean 0, /)
  })

  it('waits for its constants', () => {
    const markup = renderToStaticMarkup(
      <ActivationCard {...about} config={defaultConfig} constants={null} />,
    )
    expect(markup).toContain('Computing…')
    expect(markup).not.toContain('role="img"')
  })
})

describe('cobweb plots', () => {
  it('say where q and c settle, and what the slope means', () => {
    const chaotic = mapsOf({ sw: 2, sb: Math.sqrt(0.05) })
    expect(chaotic).toContain('q settles at q* = 2.195')
    expect(chaotic).toContain('The slope χ₁ = 1.342 at c = 1 is above 1')
    expect(chaotic).toContain('settle at c* = 0.1651.')
    const ordered = mapsOf({ sw: 1, sb: Math.sqrt(0.05) })
    expect(ordered).toContain('The slope χ₁ = 0.759 at c = 1 is below 1: inputs merge')
    expect(mapsOf({ act: 'relu', sw: Math.SQRT2 })).toContain('Every q is a fixed point')
    expect(mapsOf({ act: 'relu', sw: Math.SQRT2 })).toContain('like a power of the depth')
    expect(mapsOf({ act: 'relu', sw: 2 })).toContain('q grows without end.')
    expect(mapsOf({ sw: 1 })).toContain('q vanishes like a power of the depth')
    expect(mapsOf({ sw: 0.5 })).toContain('q vanishes: slope 0.25 at q = 0.')
    expect(mapsOf({ act: 'linear' })).toContain('Correlations stay as they are.')
  })

  it('mark stable, unstable and marginal fixed points differently', () => {
    const legend = { stable: 1, unstable: 1, marginal: 1 }
    const count = (markup: string) =>
      Object.fromEntries(
        Object.keys(legend).map((id) => [id, markup.split(`class="fixed ${id}"`).length - 1]),
      )
    // q = 0 and c = 1 are unstable, q* and c* are stable.
    expect(count(mapsOf({ sw: 2 }))).toEqual({ stable: 3, unstable: 3, marginal: 1 })
    // q = 0 draws in by powers of the depth; just above it c = 1 is barely unstable and c = 0 barely stable.
    expect(count(mapsOf({ sw: 1 }))).toEqual({ stable: 2, unstable: 2, marginal: 2 })
  })

  it('say why there is no map instead', () => {
    const batch = mapsOf({ norm: 'batch' })
    expect(batch).toContain('No prediction: batch normalization ties every sample to all others.')
    expect(batch).not.toContain('role="img"')
    const layer = mapsOf({ norm: 'layer' })
    expect(layer).toContain('No length map: the normalization sets q = 1 in every layer.')
    expect(layer.split('role="img"')).toHaveLength(2)
  })

  it('stand one above the other where there is no room', () => {
    const maps = cobwebs(resolveNetwork(defaultConfig), { log10Rms: 0, meanCosine: 0 })
    const widths = (width: number) =>
      [
        ...renderToStaticMarkup(<Cobweb {...about} width={width} maps={maps} />).matchAll(
          /class="still" width="(\d+)"/g,
        ),
      ].map(([, text]) => Number(text))
    expect(widths(480)).toEqual([234, 234])
    expect(widths(328)).toEqual([158, 158])
    expect(widths(240)).toEqual([240, 240])
  })
})

describe('partsWithin(points, range)', () => {
  it('cuts a curve where it crosses the ends', () => {
    const points = [
      [0, -1],
      [1, 1],
      [2, 5],
      [3, 1],
    ] as const
    expect(partsWithin(points, [0, 3])).toEqual([
      [
        [0.5, 0],
        [1, 1],
        [1.5, 3],
      ],
      [
        [2.5, 3],
        [3, 1],
      ],
    ])
  })
  it('keeps what passes through, and nothing of what stays outside', () => {
    expect(
      partsWithin(
        [
          [0, -1],
          [1, 3],
        ],
        [0, 2],
      ),
    ).toEqual([
      [
        [0.25, 0],
        [0.75, 2],
      ],
    ])
    expect(
      partsWithin(
        [
          [0, 5],
          [1, 6],
        ],
        [0, 2],
      ),
    ).toEqual([])
  })
})

it('the table of the phase diagram has growth factors over weight scale, a column a bias scale', () => {
  const map = { sws: [1, 2], sbs: [0, 0.5], rows: [Float32Array.of(-1, 1), undefined] }
  const { rowName, layers, columns } = growthTable(map)
  expect([rowName, layers]).toEqual(['weight scale', [1, 2]])
  expect(columns.map(({ label }) => label)).toEqual([
    'growth at bias scale 0',
    'growth at bias scale 0.5',
  ])
  expect(columns[0]!.values).toEqual([Math.exp(-1), Math.exp(1)])
  expect(columns[1]!.values).toEqual([NaN, NaN])
  expect(criticalPoints(map)).toEqual([{ sb: 0, sw: 1.5 }])
})
