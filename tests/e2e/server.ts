import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

/** A folder of static files on this machine. */
export interface StaticHost {
  /** Address of the folder, with a slash at its end. */
  readonly url: string
  close(): void
}

/** The file that a request asks for; undefined outside of `under`. */
function fileOf(address: string, under: string): string | undefined {
  const path = decodeURIComponent(new URL(address, 'http://host').pathname)
  if (!path.startsWith(under)) return undefined
  const name = normalize(`/${path.slice(under.length)}`)
  return name.endsWith('/') ? `${name}index.html` : name
}

/** Serves `folder` below the path `under` (both slashes included) and nothing else, as any static host would. */
export async function serveFolder(folder: string, under = '/'): Promise<StaticHost> {
  const server = createServer((request, response) => {
    const name = fileOf(request.url ?? '/', under)
    const file =
      name === undefined ? Promise.reject(new Error('outside')) : readFile(join(folder, name))
    file.then(
      (body) => {
        const type = TYPES[extname(name ?? '')] ?? 'application/octet-stream'
        response.writeHead(200, { 'content-type': type }).end(body)
      },
      () => {
        response.writeHead(404).end()
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('serveFolder: no port')
  return {
    url: `http://127.0.0.1:${address.port}${under}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
