import { useEffect, useRef } from 'react'
import { keepPainter } from './canvasAt.ts'

export interface CanvasProps {
  /** Size in CSS pixels. */
  readonly width: number
  readonly height: number
  readonly className: string
  /** Draws everything, in CSS pixels; a new function draws anew. */
  readonly draw: (context: CanvasRenderingContext2D, colour: string) => void
  readonly label?: string
}

/** A canvas at the resolution of the screen. Its CSS colour is handed to the drawing. */
export function Canvas({ width, height, className, draw, label }: CanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    if (!canvas) return
    const paint = (target: HTMLCanvasElement, ratio: number) => {
      const context = target.getContext('2d')
      if (!context) return target
      target.width = Math.round(width * ratio)
      target.height = Math.round(height * ratio)
      context.scale(ratio, ratio)
      draw(context, getComputedStyle(canvas).color)
      return target
    }
    paint(canvas, window.devicePixelRatio)
    keepPainter(canvas, (ratio) => paint(document.createElement('canvas'), ratio))
  }, [width, height, draw])
  const names = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <canvas ref={ref} className={className} style={{ width, height }} {...names} />
}
