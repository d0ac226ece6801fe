import type { Wanted } from './frames.ts'

const FRAME_MS = 80
/** The last picture stands a little. */
const LAST_MS = 800

/** TABLE: what browsers record, the best first. */
const formats = [
  { type: 'video/webm;codecs=vp9', extension: 'webm' },
  { type: 'video/webm', extension: 'webm' },
  { type: 'video/mp4', extension: 'mp4' },
] as const

/** What this browser can record; undefined where it is nothing. */
export function filmFormat() {
  if (typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype))
    return undefined
  return formats.find(({ type }) => MediaRecorder.isTypeSupported(type))
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A canvas that every picture of a film fits on; codecs ask for even sides. */
function canvasFor(first: ImageBitmap) {
  const canvas = document.createElement('canvas')
  canvas.width = 2 * Math.ceil(first.width / 2)
  canvas.height = 2 * Math.ceil(first.height / 2)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('recordFilm: the browser must offer a 2d canvas')
  return { canvas, context }
}

function recorded(recorder: MediaRecorder, type: string): Promise<Blob> {
  const parts: Blob[] = []
  return new Promise((resolve, reject) => {
    recorder.ondataavailable = ({ data }) => {
      parts.push(data)
    }
    recorder.onstop = () => {
      resolve(new Blob(parts, { type }))
    }
    recorder.onerror = () => {
      reject(new Error('The browser could not record the film.'))
    }
  })
}

/** Plays pictures on a canvas and records it: takes as long as the film. Throws where it is stopped. */
export async function recordFilm(
  frames: readonly Blob[],
  type: string,
  { say, signal }: Wanted,
): Promise<Blob> {
  const pictures = await Promise.all(frames.map((frame) => createImageBitmap(frame)))
  const [first] = pictures
  if (!first) throw new Error('recordFilm: there must be a picture')
  const { canvas, context } = canvasFor(first)
  context.drawImage(first, 0, 0)
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: type })
  const film = recorded(recorder, type)
  recorder.start()
  const last = pictures.at(-1) ?? first
  try {
    // A picture lasts until the next one is drawn: the last one is drawn again.
    for (const [i, picture] of [...pictures, last].entries()) {
      signal.throwIfAborted()
      say(`Recording ${Math.min(i + 1, pictures.length)} of ${pictures.length}…`)
      context.clearRect(0, 0, canvas.width, canvas.height)
      context.drawImage(picture, 0, 0)
      await pause(picture === last ? LAST_MS : FRAME_MS)
    }
  } finally {
    recorder.stop()
    for (const picture of pictures) picture.close()
  }
  return film
}
