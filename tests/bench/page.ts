import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launch, NO_BROWSER, obtainBrowser } from '../e2e/browser.ts'
import { serveFolder } from '../e2e/server.ts'
import { settled } from '../e2e/view.ts'

export interface PageFigure {
  readonly what: string
  readonly ms: number
  readonly note: string
}

const DRAG_MOVES = 120
const FRAME_MS = 16
const STEP_PIXELS = 4
const REST_MS = 350
const LONG_TASK_MS = 50
const ANSWER_WITHIN_MS = 10_000
/** A run of 50,000 layers. */
const PATIENCE_MS = 120_000

/** What the page does under the hand, in the built page and a browser without a GPU, with Chromium's tracing. */
export async function measurePage(): Promise<readonly PageFigure[]> {
  const browserPath = obtainBrowser()
  if (browserPath === undefined) throw new Error(NO_BROWSER)
  const host = await serveFolder(fileURLToPath(new URL('../../dist', import.meta.url)))
  const browser = await launch(browserPath)
  try {
    return [
      await firstLoad(browser, host.url),
      ...(await underTheHand(browser, `${host.url}#act=tanh&depth=100`, SHALLOW)),
      ...(await underTheHand(browser, `${host.url}${DEEPEST}`, DEEP)),
    ]
  } finally {
    await browser.close()
    host.close()
  }
}

const SHALLOW: Hand = { name: 'depth 100', slider: 'Weight scale σw', steps: 40 }
const DEEPEST = '#depth=50000&width=64&batch=16&mix=orthogonal&tie=depth'
const DEEP: Hand = { name: 'depth 50,000', slider: 'c, with β = c / L', steps: 20 }

async function firstLoad(browser: Browser, url: string): Promise<PageFigure> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.locator('.curve').first().waitFor({ state: 'attached' })
  const ms = await page.evaluate(() => performance.now())
  await page.close()
  return { what: 'page: opened until the first curve', ms, note: '' }
}

interface Hand {
  readonly name: string
  /** One that the prediction of every layer depends on. */
  readonly slider: string
  readonly steps: number
}

/** One slider, moved step by step with the mouse and with the keys, and then dragged without a rest. */
async function underTheHand(
  browser: Browser,
  address: string,
  { name, slider, steps }: Hand,
): Promise<readonly PageFigure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(address)
  await settled(page)
  await page.evaluate(watchCurves)
  const byMouse = await stepsOfMouse(page, slider, steps)
  const byKey = await stepsOfKey(page, slider, steps)
  const drag = await dragged(browser, page, slider)
  await page.close()
  return [
    ...waitsOf(`page, ${name}: slider`, byMouse),
    ...waitsOf(`page, ${name}: key`, byKey),
    {
      what: `page, ${name}: longest task of the main thread while dragging`,
      ms: drag.longest,
      note: `${drag.long} over ${LONG_TASK_MS} ms; charts drawn ${drag.drawn} times in ${DRAG_MOVES} moves`,
    },
    {
      what: `page, ${name}: from frame to frame while dragging, median`,
      ms: quantile(drag.frames, 0.5),
      note: `95 % within ${Math.round(quantile(drag.frames, 0.95))} ms`,
    },
  ]
}

/** From a move to the paint of the first measured curve, and to that of the prediction of the whole depth. */
interface Wait {
  readonly painted: number
  readonly foretold: number
}

function waitsOf(what: string, waits: readonly Wait[]): readonly PageFigure[] {
  const figures = (name: string, values: readonly number[]) => [
    { what: `${what} to ${name}, median`, ms: quantile(values, 0.5), note: '' },
    { what: `${what} to ${name}, 95 %`, ms: quantile(values, 0.95), note: `of ${waits.length}` },
  ]
  return [
    ...figures(
      'paint',
      waits.map(({ painted }) => painted),
    ),
    ...figures(
      'whole picture (predicted)',
      waits.map(({ foretold }) => foretold),
    ),
  ]
}

declare global {
  interface Window {
    /** When curves changed and had been painted, in ms of performance.now(). */
    painted: number[]
    /** When predictions did. */
    foretold: number[]
    /** When the mouse last moved or a key was last pressed. */
    moved: number
    /** When frames began, once they are watched. */
    frameTimes: number[]
  }
}

/**
 * Runs in the page (no named functions: compilers wrap those): notes the time after each frame in which a measured
 * curve has changed, and after each in which the legends tell of another prediction: dashed curves come with those.
 */
function watchCurves(): void {
  window.painted = []
  window.foretold = []
  for (const type of ['pointermove', 'keydown'])
    addEventListener(type, () => (window.moved = performance.now()), { capture: true })
  const due = new Set<'painted' | 'foretold'>()
  new MutationObserver((changes) => {
    const isNoted = due.size > 0
    for (const { target, addedNodes } of changes) {
      const element = target instanceof Element ? target : target.parentElement
      if (element?.matches('.curve')) due.add('painted')
      const isAdded = [...addedNodes].some(
        (node) => node instanceof Element && node.matches('.legend-theory'),
      )
      if (isAdded || element?.closest('.legend-theory')) due.add('foretold')
    }
    if (isNoted || due.size === 0) return
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        for (const list of due) window[list].push(performance.now())
        due.clear()
      }
      port2.postMessage(null)
    })
  }).observe(document.body, {
    ...{ subtree: true, attributes: true, attributeFilter: ['d'] },
    ...{ characterData: true, childList: true },
  })
}

/** Runs in the page, as text: notes when each frame begins. */
const WATCH_FRAMES = `{
  window.frameTimes = []
  const note = (time) => { window.frameTimes.push(time); requestAnimationFrame(note) }
  requestAnimationFrame(note)
}`

/** How long after the last move the first curve was repainted, and the first prediction. */
async function nextWait(page: Page): Promise<Wait> {
  for (let waited = 0; waited < ANSWER_WITHIN_MS; waited += FRAME_MS) {
    const wait = await page.evaluate(() => ({
      painted: (window.painted[0] ?? NaN) - window.moved,
      foretold: (window.foretold[0] ?? NaN) - window.moved,
    }))
    if (!Number.isNaN(wait.painted) && !Number.isNaN(wait.foretold)) return wait
    await page.waitForTimeout(FRAME_MS)
  }
  throw new Error(
    `bench: a move must change curves and predictions within ${ANSWER_WITHIN_MS} ms, it did not`,
  )
}

const thumbOf = (page: Page, slider: string) => page.getByRole('slider', { name: slider })

/** Milliseconds from a move to the first repainted curve, for each of many, with rests between them. */
async function stepwise(
  page: Page,
  steps: number,
  move: (step: number) => Promise<void>,
): Promise<readonly Wait[]> {
  const waits: Wait[] = []
  for (let step = 1; step <= steps; step++) {
    await page.waitForTimeout(REST_MS)
    await page.evaluate(() => {
      window.painted = []
      window.foretold = []
    })
    await move(step)
    waits.push(await nextWait(page))
  }
  return waits
}

async function stepsOfKey(page: Page, slider: string, steps: number): Promise<readonly Wait[]> {
  await thumbOf(page, slider).focus()
  return stepwise(page, steps, (step) =>
    page.keyboard.press(step % 8 < 4 ? 'ArrowRight' : 'ArrowLeft'),
  )
}

async function stepsOfMouse(page: Page, slider: string, steps: number): Promise<readonly Wait[]> {
  const { x, y } = await graspThumb(page, slider)
  const waits = await stepwise(page, steps, (step) =>
    page.mouse.move(x + STEP_PIXELS * (1 + (step % 5)), y),
  )
  await page.mouse.up()
  return waits
}

/** Takes the thumb with the mouse; where it is. */
async function graspThumb(page: Page, slider: string) {
  const box = await thumbOf(page, slider).boundingBox()
  if (!box) throw new Error('bench: the slider must be on the page')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  return { x, y }
}

/** A drag to and fro at the pace of a hand, traced. */
async function dragged(browser: Browser, page: Page, slider: string) {
  const { x, y } = await graspThumb(page, slider)
  await page.evaluate(() => (window.painted = []))
  await page.evaluate(WATCH_FRAMES)
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
  for (let i = 1; i <= DRAG_MOVES; i++) {
    await page.mouse.move(x + 40 * Math.sin(i / 12), y)
    await page.waitForTimeout(FRAME_MS)
  }
  const [drawn, times] = await page.evaluate(
    () => [window.painted.length, window.frameTimes] as const,
  )
  const trace = await browser.stopTracing()
  await page.mouse.up()
  const tasks = mainThreadTasks(trace.toString())
  return {
    longest: Math.max(...tasks),
    long: tasks.filter((ms) => ms > LONG_TASK_MS).length,
    drawn,
    frames: times.slice(1).map((time, i) => time - times[i]!),
  }
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly args?: { readonly name?: string }
}

/** Durations of the tasks of the page's main thread, in ms. */
function mainThreadTasks(trace: string): readonly number[] {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] }
  const mains = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  )
  const isMain = ({ pid, tid }: TraceEvent) => mains.some((m) => m.pid === pid && m.tid === tid)
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && isMain(event))
    .map(({ dur = 0 }) => dur / 1000)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
