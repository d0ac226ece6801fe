import { describe, expect, it } from 'vitest'
import type { EngineErrorCode } from '../../src/engine/errors.ts'
import { type FailureCode, failureWords } from '../../src/ui/failures.ts'

/** Does not compile when an engine learns to fail in a way that the page has no words for. */
const worded = (code: EngineErrorCode): FailureCode => code

describe('failureWords(code)', () => {
  it('has words and a way out for what engines report', () => {
    const { text, wayOut } = failureWords(worded('out-of-memory'))
    expect([text, wayOut]).toEqual([
      'This network does not fit into memory.',
      'Lower the width or the batch.',
    ])
  })

  it('falls back for codes that nobody knows', () => {
    expect(failureWords('constructor')).toEqual(failureWords('unexpected'))
  })
})
