import { expect, it } from 'vitest'
import { EngineError } from '../../../src/engine/errors.ts'
import { Arena } from '../../../src/engine/wasm/arena.ts'

const PAGE = 65_536

it('take gives aligned, separate bytes and grows the memory', () => {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const arena = new Arena(memory, 100)
  const first = arena.take(10)
  const second = arena.take(5 * PAGE)
  expect(first).toBe(128)
  expect(second % 64).toBe(0)
  expect(second).toBeGreaterThanOrEqual(first + 10)
  arena.floats(second, (5 * PAGE) / 4).fill(1)
  expect(arena.doubles(first, 1)[0]).toBe(0)
})

it('release gives back what was taken after the mark', () => {
  const arena = new Arena(new WebAssembly.Memory({ initial: 1 }), 0)
  const mark = arena.mark()
  const start = arena.take(1000)
  arena.release(mark)
  expect(arena.take(8)).toBe(start)
})

it('small takings grow the memory in few steps', () => {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const arena = new Arena(memory, 0)
  let steps = 0
  for (let i = 0; i < 1000; i++) {
    const before = memory.buffer.byteLength
    arena.take(PAGE)
    if (memory.buffer.byteLength !== before) steps++
  }
  expect(steps).toBeLessThan(20)
})

it('takes the last page of a memory with a limit, then throws out-of-memory', () => {
  const arena = new Arena(new WebAssembly.Memory({ initial: 8, maximum: 10 }), 0)
  arena.take(8 * PAGE)
  arena.take(PAGE - 256)
  expect(() => arena.take(4 * PAGE)).toThrow(EngineError)
})
