// Compiles the WebAssembly modules from their AssemblyScript sources where a source is newer than a module:
// node src/engine/wasm/build.mjs
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const here = new URL('.', import.meta.url)

/** The two layer modules come from the same sources: `madd` is the only place where they differ. */
const modules = {
  'layers-simd': { entry: 'assembly/f32/index.ts', features: ['simd'] },
  'layers-relaxed': { entry: 'assembly/f32/index.ts', features: ['simd', 'relaxed-simd'] },
  graded: { entry: 'assembly/f64/index.ts', features: ['simd'] },
}

const moduleFile = (name) => new URL(`build/${name}.wasm`, here)

/** When files last changed, in milliseconds; one that is not there is older than everything. */
const changes = (files) => Promise.all(files.map((file) => stat(file).then(mtime, () => -Infinity)))
const mtime = ({ mtimeMs }) => mtimeMs

/** Is a source, or this recipe, newer than the oldest module? */
async function isStale() {
  const folder = new URL('assembly/', here)
  const names = await readdir(folder, { recursive: true })
  const sources = [...names.map((name) => new URL(name, folder)), new URL(import.meta.url)]
  const newest = Math.max(...(await changes(sources)))
  return newest > Math.min(...(await changes(Object.keys(modules).map(moduleFile))))
}

async function compile(name, { entry, features }) {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  const { error, stderr } = await asc.main(
    [
      entry,
      ...['--baseDir', fileURLToPath(here), '--outFile', 'out.wasm'],
      ...['--runtime', 'stub', '--initialMemory', '2', '--noAssert', '-O3'],
      ...[...features, 'bulk-memory'].flatMap((feature) => ['--enable', feature]),
    ],
    { writeFile: (_, contents) => void (binary = contents) },
  )
  if (error) throw new Error(`build: ${name} must compile, got\n${stderr.toString()}`)
  await writeFile(moduleFile(name), binary)
}

if (await isStale()) {
  await mkdir(new URL('build/', here), { recursive: true })
  for (const [name, options] of Object.entries(modules)) await compile(name, options)
}
