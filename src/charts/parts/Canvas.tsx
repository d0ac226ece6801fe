import { useEffect, useRef } from 'react'

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
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const ratio = window.devicePixelRatio
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    context.scale(ratio, ratio)
    draw(context, getComputedStyle(canvas).color)
  }, [width, height, draw])
  const names = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <canvas ref={ref} className={className} style={{ width, height }} {...names} />
}
