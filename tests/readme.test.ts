import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { statisticIds } from '../src/engine/statistics.ts'
import { networkFields } from '../src/model/config.ts'
import { viewFields } from '../src/state/fields.ts'
import { quantityIds } from '../src/state/sweepQuantities.ts'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
}

/** What the README sets as code, and where its pictures and links lead. */
const code = [...readme.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!)
const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!)

/** Names of files and folders of the project; `dist/` is written by the build. */
const paths = [...code, ...links].filter(
  (text) =>
    /^(\.?[\w.-]+\/[\w./-]*|[\w.-]+\.(json|ts|md|html)|LICENSE)$/.test(text) && text !== 'dist/',
)

it('the README names files and folders that are there', () => {
  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

it('the floor plan of the README has every floor', () => {
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  const floors = new Set(
    files.map((file) => file.split(/[/\\]/)).flatMap(([top, below]) => (below ? [top] : [])),
  )
  expect(floors.size).toBeGreaterThan(8)
  expect([...floors].filter((floor) => !code.includes(`src/${floor}/`))).toEqual([])
})

it('the README names commands that are there', () => {
  const run = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name!)
  const commands = [...run, ...code.filter((text) => /^test:\w+$/.test(text))]
  expect(commands).toContain('simulate')
  expect(commands).toContain('test:e2e')
  expect(commands.filter((name) => !(name in scripts))).toEqual([])
})

it('the README gives every key of the network with its range and default', () => {
  for (const [key, field] of Object.entries(networkFields))
    expect(readme).toMatch(
      new RegExp(`\\| \`${key}\` +\\| ${field.legal} +\\| \`${field.initial}\` +\\|`),
    )
})

it('the README names every key of the view, every statistic and every quantity of a sweep', () => {
  const names = [...Object.keys(viewFields), ...statisticIds, ...quantityIds]
  expect(names.filter((name) => !code.includes(name))).toEqual([])
})
