import { readBytes } from '../readBytes.ts'
import { ACTIVATIONS, type Shaders } from './kernel.ts'
import { allKernels } from './kernels.ts'

/** The kernels' texts: part of the bundle where Vite made one, read from disk elsewhere. */
export async function loadShaders(): Promise<Shaders> {
  // Without Vite there is no import.meta.env, and the glob below is no function.
  if ((import.meta.env as object | undefined) === undefined) return readShaders()
  const texts = import.meta.glob<string>('./kernels/*.wgsl', {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const nameOf = (path: string) => path.replace(/^.*\//, '').replace(/\.wgsl$/, '')
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [nameOf(path), text]))
}

async function readShaders(): Promise<Shaders> {
  const names = new Set(allKernels.flatMap(({ file, parts }) => [file, ...parts]))
  names.delete(ACTIVATIONS)
  // Not in place below, where Vite would take it for the address of an asset.
  const here = import.meta.url
  const read = async (name: string) => {
    const bytes = await readBytes(new URL(`kernels/${name}.wgsl`, here))
    return [name, new TextDecoder().decode(bytes)] as const
  }
  return Object.fromEntries(await Promise.all([...names].map(read)))
}
