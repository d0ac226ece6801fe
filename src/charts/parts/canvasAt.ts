/** How to draw what a canvas shows, at so many pixels to one CSS pixel. */
type Painter = (ratio: number) => HTMLCanvasElement

const painters = new WeakMap<HTMLCanvasElement, Painter>()

/** Remembers how a canvas on the page is drawn, for pictures sharper than the screen. */
export function keepPainter(canvas: HTMLCanvasElement, painter: Painter): void {
  painters.set(canvas, painter)
}

/** What a canvas shows, drawn anew with `ratio` pixels to one CSS pixel; the canvas itself where nobody knows how. */
export function canvasAt(canvas: HTMLCanvasElement, ratio: number): HTMLCanvasElement {
  return painters.get(canvas)?.(ratio) ?? canvas
}
