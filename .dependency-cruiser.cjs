/** Files of the engine that other floors may read: its messages, what they are about, and nothing that computes. */
const words = (...files) => `engine/(${files.join('|')})\\.ts$`

/**
 * The floor plan: who may import whom, lowest floor first. A floor may always import itself.
 * `src`: floors and files of ours; `npm`: packages; `node`: Node's own modules.
 */
const plan = {
  base: { why: 'it holds helpers that know nothing of networks' },
  math: { src: ['base'], why: 'numerics run anywhere and are tested without a browser' },
  model: { src: ['base', 'math'], why: 'a network is described by plain data' },
  theory: { src: ['base', 'math', 'model'], why: 'a prediction may not peek at a measurement' },
  engine: {
    src: ['base', 'math', 'model'],
    npm: ['fflate', '@tensorflow/'],
    why: 'a measurement may not peek at a prediction',
  },
  state: {
    src: ['base', 'model', 'theory', words('protocol', 'client', 'statistics', 'summary')],
    npm: ['zustand'],
    why: 'state knows the engine only through its messages',
  },
  charts: {
    src: ['base', 'math', 'model', 'theory', words('protocol', 'statistics')],
    npm: ['react', 'd3-(array|format|scale|shape)'],
    why: 'a chart is a function of its props',
  },
  lessons: { src: ['model', 'state/(presets|challenge)\\.ts$'], why: 'a lesson is text and links' },
  export: {
    src: ['base', 'model', words('protocol', 'statistics')],
    npm: ['fflate', 'uqr'],
    why: 'a file is a pure function of a run',
  },
  ui: {
    src: ['base', 'model', 'state', 'charts', 'lessons', 'export', words('protocol', 'errors')],
    npm: ['react', '@mantine/', 'zustand'],
    why: 'the top floor wires, it does not compute',
  },
  offline: {
    npm: ['workbox-(precaching|routing|strategies)'],
    why: 'it knows files, not networks',
  },
  cli: {
    src: ['base', 'math', 'model', 'theory', 'engine', 'state', 'export'],
    node: true,
    why: 'the command line runs without the page',
  },
}

const worker = '^src/engine/worker\\.ts$'
/** What runs without being imported; charts are found by their file names. */
const entries =
  '^src/(main\\.tsx|engine/worker\\.ts|offline/serviceWorker\\.ts|cli/simulate\\.ts|charts/.*\\.chart\\.tsx)$'
const inSrc = (paths) => paths.map((path) => `^src/${path}${path.endsWith('$') ? '' : '/'}`)
const inNpm = (names) =>
  names.map((name) => `^node_modules/(@types/)?${name}${name.endsWith('/') ? '' : '/'}`)

const floors = Object.entries(plan).map(([floor, { src = [], npm = [], node = false, why }]) => ({
  name: floor,
  comment: why,
  severity: 'error',
  from: { path: `^src/${floor}/`, pathNot: worker },
  to: {
    pathNot: [`^src/${floor}/`, ...inSrc(src), ...inNpm(npm)],
    dependencyTypesNot: node ? ['core'] : [],
  },
}))

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    ...floors,
    rule(
      'worker-switchboard',
      'the worker entry alone may also call heavy theory',
      { path: worker },
      { pathNot: inSrc(['base', 'math', 'model', 'theory', 'engine']) },
    ),
    rule(
      'worker-graph',
      'nothing that the worker reaches may touch the page',
      { path: worker },
      { path: '^src/(state|charts|lessons|ui)/', reachable: true },
    ),
    rule(
      'tfjs-in-webgpu',
      'nobody without a GPU downloads tfjs',
      { path: '^src/', pathNot: '^src/engine/webgpu/' },
      { path: '^node_modules/@tensorflow/' },
    ),
    rule(
      'webgpu-on-demand',
      'the WebGPU engine is loaded by dynamic import, so that it is a download of its own',
      { path: '^src/', pathNot: '^src/engine/webgpu/' },
      { path: '^src/engine/webgpu/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    ),
    rule('no-circular', 'a cycle has no lowest floor', {}, { circular: true }),
    rule(
      'no-unused-modules',
      'what neither the page, the worker nor the command line reaches is dead',
      { path: entries },
      { path: '^src/', pathNot: [entries, '\\.d\\.ts$'], reachable: false },
    ),
    rule(
      'src-without-tests',
      'the product runs without its tests',
      { path: '^src/' },
      { path: '^tests/' },
    ),
    rule(
      'resolvable',
      'every import names a file that is there',
      {},
      { couldNotResolve: true, pathNot: '^(vite|@vitejs/plugin-react)$' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // AssemblyScript and the script that compiles it are a build step, not modules of the page.
    exclude: { path: '^src/engine/wasm/(assembly/|build\\.mjs$)' },
  },
}
