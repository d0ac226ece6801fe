/** Time as the page's state sees it, so that tests can own it. */
export interface Clock {
  now(): number
  /** Calls back after some milliseconds; the result takes the call back. */
  after(delayMs: number, call: () => void): () => void
}
