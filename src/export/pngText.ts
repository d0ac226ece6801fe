const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Length, type and checksum around the data of a chunk. */
const CHUNK_FRAME_BYTES = 12
const IHDR_BYTES = 13
const MAX_KEYWORD_LENGTH = 79

/** CRC-32 of every byte value, polynomial 0xedb88320 (reflected). */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

/**
 * CRC-32 as PNG, zip and gzip use it.
 * Source: PNG specification (third edition), annex D.
 */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Bytes of a text in Latin-1, the only characters that tEXt knows; throws on others and on NUL. */
function latin1(text: string): Uint8Array {
  const bytes = Uint8Array.from(text, (c) => {
    const code = c.codePointAt(0)!
    if (code === 0 || code > 0xff)
      throw new Error(`withPngText: text must be Latin-1, got ${JSON.stringify(c)}`)
    return code
  })
  return bytes
}

/** One chunk: length, type, data, checksum over type and data; big endian. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CHUNK_FRAME_BYTES + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(latin1(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

function textChunk(keyword: string, text: string): Uint8Array {
  if (keyword.length === 0 || keyword.length > MAX_KEYWORD_LENGTH)
    throw new Error(
      `withPngText: a keyword must have 1 to ${MAX_KEYWORD_LENGTH} characters, got ${keyword.length}`,
    )
  return chunk('tEXt', Uint8Array.from([...latin1(keyword), 0, ...latin1(text)]))
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/**
 * A PNG file with texts added as tEXt chunks, right behind its header.
 *
 * @param png    a whole PNG file
 * @param texts  text by keyword; the registered keywords are Title, Description, Software, Source, Comment...
 * @throws       if the bytes are not a PNG, or a text is not Latin-1
 */
export function withPngText(
  png: Uint8Array,
  texts: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const headerEnd = SIGNATURE.length + CHUNK_FRAME_BYTES + IHDR_BYTES
  if (png.length < headerEnd || SIGNATURE.some((byte, i) => png[i] !== byte))
    throw new Error('withPngText: the file must be a PNG')
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text))
  return joined([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)])
}
