/** Waits between nudges, in milliseconds, and for how long in all. */
const FIRST_WAIT_MS = 1
const LAST_WAIT_MS = 16
const DEADLINE_MS = 2000

const isFirefox = () => typeof navigator !== 'undefined' && /firefox/i.test(navigator.userAgent)

/**
 * Keeps a device awake until `pending` settles. Firefox looks for finished GPU work on a tick of 100 ms and
 * at every submission; submitting empty command lists while waiting brings a read-back from 103 ms to
 * 1.4 ms, as measured in ekzhang/jax-js pull request 124. Mozilla bug 1870699; may go when that is closed.
 */
export async function nudgeWhile<T>(pending: Promise<T>, device: GPUDevice): Promise<T> {
  if (!isFirefox()) return pending
  const start = performance.now()
  const settled = pending.then(
    () => true,
    () => true,
  )
  for (let wait = FIRST_WAIT_MS; performance.now() - start < DEADLINE_MS;) {
    if (await Promise.race([settled, passed(wait)])) break
    device.queue.submit([device.createCommandEncoder().finish()])
    wait = Math.min(2 * wait, LAST_WAIT_MS)
  }
  return pending
}

const passed = (ms: number) =>
  new Promise<false>((resolve) => {
    setTimeout(() => {
      resolve(false)
    }, ms)
  })
