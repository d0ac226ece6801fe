const BREATH_MS = 8

/** Lets waiting messages in, at most every few milliseconds, through a channel that no timer throttles. */
export function breathing(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel()
  let last = performance.now()
  return () => {
    if (performance.now() - last < BREATH_MS) return Promise.resolve()
    last = performance.now()
    return new Promise((resolve) => {
      port1.onmessage = () => {
        resolve()
      }
      port2.postMessage(null)
    })
  }
}
