import { zipSync } from 'fflate'

/** Pictures of an animation as one .zip, `frame_0001.png` onwards; not compressed again. */
export function framesZip(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const digits = Math.max(4, String(frames.length).length)
  const files = frames.map((frame, i) => {
    const name = `frame_${String(i + 1).padStart(digits, '0')}.png`
    return [name, frame] as const
  })
  return zipSync(Object.fromEntries(files), { level: 0 })
}
