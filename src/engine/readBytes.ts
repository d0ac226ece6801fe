/** What is needed of node:fs/promises. */
interface Files {
  readonly readFile: (address: URL) => Promise<Uint8Array<ArrayBuffer>>
}

/** Bytes of the file at an absolute file: address (in Node) or http(s): address. Throws where there is none. */
export function readBytes(address: URL): Promise<Uint8Array<ArrayBuffer>> {
  return address.protocol === 'file:' ? readLocal(address) : download(address)
}

async function readLocal(address: URL) {
  // Named by a variable, so that the bundler leaves Node's module out of what browsers load.
  const files: string = 'node:fs/promises'
  const { readFile } = (await import(/* @vite-ignore */ files)) as Files
  return readFile(address)
}

async function download(address: URL) {
  const response = await fetch(address)
  if (!response.ok)
    throw new Error(`readBytes: ${address.href} must be there, got ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
