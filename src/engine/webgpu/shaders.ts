/** WGSL texts by file name without ending. */
export type Shaders = Readonly<Record<string, string>>

const nameOf = (path: string) => path.replace(/^.*\//, '').replace(/\.wgsl$/, '')

/** The kernels' texts: cut into the bundle by Vite, read from disk where there is none. */
export async function loadShaders(): Promise<Shaders> {
  // Node has no import.meta.env; there Vite's glob below was not replaced and must not be called.
  const texts: Readonly<Record<string, string>> = (import.meta.env as object | undefined)
    ? import.meta.glob('./kernels/*.wgsl', { query: '?raw', import: 'default', eager: true })
    : await readFromDisk()
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [nameOf(path), text]))
}

async function readFromDisk(): Promise<Record<string, string>> {
  // By variable name, so that no bundler follows it into the browser.
  const fileSystem = 'node:fs/promises'
  const { readdir, readFile } = (await import(
    /* @vite-ignore */ fileSystem
  )) as typeof import('node:fs/promises')
  const here = import.meta.url
  const names = await readdir(new URL('kernels', here))
  const shaders = names.filter((name) => name.endsWith('.wgsl'))
  const read = async (name: string) =>
    [name, await readFile(new URL(`kernels/${name}`, here), 'utf8')] as const
  return Object.fromEntries(await Promise.all(shaders.map(read)))
}
