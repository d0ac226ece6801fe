import { withPngText } from './pngText.ts'
import { originRecord, plainLink, PROGRAM, type Provenance } from './provenance.ts'

// Only in a browser: it needs a canvas. All that can be computed without one is in pngText.ts.

export interface PngOptions {
  /** A file as `svgFile` makes it. */
  readonly svg: string
  /** Size of the drawing in px. */
  readonly width: number
  readonly height: number
  /** Pixels of the picture to one px of the drawing. */
  readonly scale: 1 | 2 | 3
  readonly provenance: Provenance
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(address)
  }
}

async function rasterized({ svg, width, height, scale }: PngOptions): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('pngFile: the browser must offer a 2d canvas')
  context.drawImage(await imageOf(svg), 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob)
      else reject(new Error(`pngFile: a picture of ${canvas.width} x ${canvas.height} must fit`))
    }, 'image/png')
  })
}

/** What a text in a PNG cannot hold. */
const OUTSIDE_LATIN1 = /[^\x20-\x7e\xa0-\xff]/gu

/** What the text chunks of a picture say: where it comes from. */
export function pngTexts(provenance: Provenance): Readonly<Record<string, string>> {
  const { files } = originRecord(provenance)
  return {
    Software: `${PROGRAM} ${provenance.version}`,
    Source: plainLink(provenance),
    Comment: JSON.stringify(provenance.config),
    ...(files && { Description: files.replace(OUTSIDE_LATIN1, '?') }),
  }
}

/** An SVG file as a PNG picture, with link, version and settings stored in it as text. */
export async function pngFile(options: PngOptions): Promise<Blob> {
  const blob = await rasterized(options)
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return new Blob([withPngText(bytes, pngTexts(options.provenance))], { type: 'image/png' })
}
