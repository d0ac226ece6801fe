// Compiles the WebAssembly modules from their AssemblyScript sources: node src/engine/wasm/build.mjs
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const here = new URL('.', import.meta.url)

/** The two layer modules come from the same sources: `madd` is the only place where they differ. */
const modules = {
  'layers-simd': { entry: 'assembly/f32/index.ts', features: ['simd'] },
  'layers-relaxed': { entry: 'assembly/f32/index.ts', features: ['simd', 'relaxed-simd'] },
  graded: { entry: 'assembly/graded.ts', features: ['simd'] },
}

async function compile(name, { entry, features }) {
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
  await writeFile(new URL(`build/${name}.wasm`, here), binary)
}

await mkdir(new URL('build/', here), { recursive: true })
for (const [name, options] of Object.entries(modules)) await compile(name, options)
