// Every check of the project, cheapest first: node tests/run.mjs [stage ...]
//
// A failed stage does not hide what the others say; only a stage that needs its result is skipped.
// The last line is the sum: tests of the suites, and one for each of the other stages.

import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = '.cache/test-reports'

/** `report`: where a suite writes what became of its tests. `needs`: the stage without which this one is pointless. */
const stages = {
  modules: { commands: ['node src/engine/wasm/build.mjs'] },
  format: { commands: ['prettier --check --log-level warn .'] },
  floors: { commands: ['depcruise --output-type err-long src tests'] },
  types: { commands: ['tsc', 'tsc -p src/engine', 'tsc -p src/pure.tsconfig.json'] },
  lint: { commands: ['eslint .'] },
  unit: suite('unit', { config: 'vite.config.ts', needs: 'modules' }),
  build: { commands: ['vite build'], needs: 'modules' },
  e2e: suite('e2e', { config: 'tests/e2e/vitest.config.ts', needs: 'build' }),
  webgpu: suite('webgpu', { config: 'tests/webgpu/vitest.config.ts', needs: 'modules' }),
}
/** Suites that need a browser: where there is none, that is said and not taken for success. */
const inBrowser = ['e2e', 'webgpu']

function suite(name, { config, needs }) {
  const report = `${reports}/${name}.json`
  const reporters = `--reporter=default --reporter=json --outputFile.json=${report}`
  return { commands: [`vitest run --config ${config} ${reporters}`], report, needs }
}

/** Runs one command line with the project's own programs first on the path; its exit code. */
function run(command) {
  const PATH = join(root, 'node_modules', '.bin') + delimiter + process.env.PATH
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH },
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Counts the tests of a suite. A file that could not be loaded and an error outside of any test are failures too. */
async function countTests(report, exitCode) {
  const { testResults } = JSON.parse(await readFile(join(root, report), 'utf8'))
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const count = (status) => tests.filter((test) => test.status === status).length
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const [passed, failures] = [count('passed'), count('failed') + broken.length]
  const failed = failures === 0 && exitCode !== 0 ? 1 : failures
  return { passed, failed, skipped: tests.length - passed - count('failed') }
}

async function runStage({ commands, report }) {
  if (report) await rm(join(root, report), { force: true })
  for (const command of commands) {
    const exitCode = await run(command)
    if (report)
      return countTests(report, exitCode).catch(() => ({ passed: 0, failed: 1, skipped: 0 }))
    if (exitCode !== 0) return { passed: 0, failed: 1, skipped: 0 }
  }
  return { passed: 1, failed: 0, skipped: 0 }
}

const inWords = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.hasOwn(stages, name))
if (unknown.length > 0) {
  console.error(`run: a stage must be one of ${Object.keys(stages).join(' ')}, got ${unknown}`)
  process.exit(2)
}

await mkdir(join(root, reports), { recursive: true })
const sum = { passed: 0, failed: 0, skipped: 0 }
const lines = []
const broken = new Set()
let untested = false

for (const [name, stage] of Object.entries(stages)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n== ${name}`)
  const start = performance.now()
  const isPointless = broken.has(stage.needs)
  const result = isPointless ? { passed: 0, failed: 0, skipped: 1 } : await runStage(stage)
  if (result.failed > 0 || isPointless) broken.add(name)
  if (inBrowser.includes(name) && result.skipped > 0) untested = true
  for (const key of Object.keys(sum)) sum[key] += result[key]
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const because = isPointless ? `, because ${stage.needs} failed` : ''
  lines.push(`${name.padEnd(8)} ${seconds.padStart(6)} s  ${inWords(result)}${because}`)
  console.log(lines.at(-1))
}

console.log(`\n${lines.join('\n')}`)
if (untested)
  console.log(`Not all was tested in a browser: see what ${inBrowser.join(' and ')} say.`)
console.log(inWords(sum))
process.exitCode = sum.failed > 0 || (untested && process.env.CI) ? 1 : 0
