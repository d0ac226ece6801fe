/** A condition of the machine that a caller can act on; `code` crosses the worker boundary. */
export class EngineError extends Error {
  readonly code: EngineErrorCode
  constructor(code: EngineErrorCode, message: string) {
    super(message)
    this.name = 'EngineError'
    this.code = code
  }
}

export type EngineErrorCode =
  | 'no-webassembly'
  | 'no-webgpu'
  | 'device-lost'
  | 'out-of-memory'
  | 'self-test-failed'
  | 'data-missing'
  | 'too-large'
