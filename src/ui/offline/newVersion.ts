/** The first numbers come first: only then are the files fetched that the page keeps. */
const REGISTER_AFTER_MS = 3000

/** Makes the version that stands ready the present one, and shows it. */
export type TakeOver = () => void

/**
 * Keeps the page for times without a network, where the browser and the address let it (https, or this
 * machine), and calls back when a newer version has been fetched and stands ready. Returns its undoing.
 */
export function keepPage(onReady: (takeOver: TakeOver) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined
  const timer = setTimeout(() => {
    void register(onReady)
  }, REGISTER_AFTER_MS)
  return () => {
    clearTimeout(timer)
  }
}

async function register(onReady: (takeOver: TakeOver) => void): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register('./sw.js', { scope: './' })
    watch(registration, onReady)
  } catch {
    // A browser that keeps nothing (a private window, a frame without rights) shows the page all the same.
  }
}

function watch(
  registration: ServiceWorkerRegistration,
  onReady: (takeOver: TakeOver) => void,
): void {
  const offer = (worker: ServiceWorker) => {
    // Without a controller this is the first version that is kept: nothing is older.
    if (navigator.serviceWorker.controller)
      onReady(() => {
        takeOver(worker)
      })
  }
  if (registration.waiting) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') offer(worker)
    })
  })
}

function takeOver(worker: ServiceWorker): void {
  const reload = () => {
    window.location.reload()
  }
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true })
  worker.postMessage('take-over')
}
