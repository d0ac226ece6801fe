import { encode } from 'uqr'
import { escapeXml } from './escapeXml.ts'

/** The QR standard asks for four empty modules on every side. */
const QUIET_ZONE_MODULES = 4

/** What a QR code of version 40 holds at the lowest correction level. */
const MAX_BYTES = 2953

/** Dark modules of each row as horizontal strokes of one path, one unit a module. */
function darkPath(rows: readonly (readonly boolean[])[]): string {
  const strokes: string[] = []
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      strokes.push(`M${from},${y}h${x - from + 1}v1h${from - x - 1}z`)
    }
  }
  return strokes.join('')
}

/**
 * A link as a QR code: SVG, black on white in every colour scheme, because scanners want it so.
 *
 * @throws if the link is longer than any QR code can hold (2953 bytes)
 */
export function qrSvg(link: string, title: string): string {
  const bytes = new TextEncoder().encode(link).length
  if (bytes > MAX_BYTES)
    throw new Error(`qrSvg: the link must have at most ${MAX_BYTES} bytes, got ${bytes}`)
  const { data, size } = encode(link, { ecc: 'L', boostEcc: true, border: QUIET_ZONE_MODULES })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges">`,
    `<title>${escapeXml(title)}</title>`,
    `<path fill="#fff" d="M0,0h${size}v${size}H0z"/>`,
    `<path fill="#000" d="${darkPath(data)}"/>`,
    '</svg>',
  ].join('')
}
