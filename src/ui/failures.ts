/** What went wrong in words a visitor can act on. */
interface Words {
  readonly text: string
  readonly wayOut: string
}

/** TABLE: a code that crosses the worker boundary -> words. */
const table = {
  'no-worker': {
    text: 'This browser did not start the background worker that does the computing.',
    wayOut: 'Reload the page; if that does not help, try a current browser.',
  },
  'no-webassembly': {
    text: 'WebAssembly is switched off or missing in this browser.',
    wayOut: 'Choose the reference engine: slower, same numbers.',
  },
  'no-webgpu': {
    text: 'WebGPU is not available here (old browser, no graphics adapter, or a page without https).',
    wayOut: 'Choose another engine.',
  },
  'device-lost': {
    text: 'The graphics device was lost, as happens after sleep or a driver update.',
    wayOut: 'Run again, or choose another engine.',
  },
  'out-of-memory': {
    text: 'This network does not fit into memory.',
    wayOut: 'Lower the width or the batch.',
  },
  'self-test-failed': {
    text: 'The engine computed wrong numbers in its self-test and is not used.',
    wayOut: 'Choose another engine.',
  },
  'data-missing': {
    text: 'The handwritten digits could not be loaded.',
    wayOut: 'Check the connection, or choose other inputs.',
  },
  'too-large': {
    text: 'This network is too large to be written to a file.',
    wayOut: 'Lower the depth or the width.',
  },
  unexpected: { text: 'The run stopped with an error.', wayOut: 'Run again, or change a setting.' },
} satisfies Record<string, Words>

export type FailureCode = keyof typeof table

/** Words for a code that came from the worker; a code nobody knows is `unexpected`. */
export function failureWords(code: string): Words {
  return Object.hasOwn(table, code) ? table[code as FailureCode] : table.unexpected
}
