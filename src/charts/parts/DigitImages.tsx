import { useCallback } from 'react'
import type { DigitImages as Images } from '../../engine/protocol.ts'
import { SIDE } from '../../model/digits.ts'
import { Canvas } from './Canvas.tsx'

interface DigitImagesProps {
  readonly images: Images
  /** Side of the square that they fill, in CSS pixels. */
  readonly side: number
}

/** The images that go in, in the order of the samples, row by row. */
export function DigitImages({ images, side }: DigitImagesProps) {
  const { labels, pixels } = images
  const across = Math.ceil(Math.sqrt(labels.length))
  const draw = useCallback(
    (context: CanvasRenderingContext2D, colour: string) => {
      const dot = side / across / SIDE
      const ratio = context.getTransform().a
      // On the canvas's own pixels, where a dot has one: dots that share a pixel leave a line between them.
      const edge = (i: number) => (dot * ratio < 1 ? i * dot : Math.round(i * dot * ratio) / ratio)
      context.fillStyle = colour
      pixels.forEach((ink, i) => {
        if (ink === 0) return
        const [image, pixel] = [Math.floor(i / SIDE ** 2), i % SIDE ** 2]
        const x = (image % across) * SIDE + (pixel % SIDE)
        const y = Math.floor(image / across) * SIDE + Math.floor(pixel / SIDE)
        context.globalAlpha = ink / 255
        const [left, top] = [edge(x), edge(y)]
        context.fillRect(left, top, edge(x + 1) - left, edge(y + 1) - top)
      })
    },
    [pixels, side, across],
  )
  const label = `The digits ${[...labels].join(' ')}`
  return <Canvas className="digit-images" width={side} height={side} draw={draw} label={label} />
}
