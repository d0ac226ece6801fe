import type { Network } from '../../model/network.ts'
import type { Arena } from './arena.ts'

/** Buffers of a run that live as long as it does: addresses in the module's memory. */
export interface Buffers {
  readonly ping: number
  readonly pong: number
  readonly blockInput: number
  readonly h: number
  readonly z: number
  readonly y: number
  readonly d1: number
  readonly d2: number
  readonly skipped: number
  readonly gradient: number
  readonly square: number
  readonly mean: number
  readonly inverse: number
  readonly sums: number
}

export function takeBuffers(arena: Arena, { batch: m, width: n }: Network): Buffers {
  const state = () => arena.take(4 * m * n)
  const groups = () => arena.take(8 * Math.max(m, n))
  return {
    ping: state(),
    pong: state(),
    blockInput: state(),
    h: state(),
    z: state(),
    y: state(),
    d1: state(),
    d2: state(),
    skipped: state(),
    gradient: state(),
    square: arena.take(4 * n * n),
    mean: groups(),
    inverse: groups(),
    sums: arena.take(32),
  }
}

/** What a recorded layer keeps: X, Z, and the statistics of its normalization. */
export interface TapeBuffers {
  readonly x: number
  readonly z: number
  readonly mean: number
  readonly inverse: number
}

export function takeTape(arena: Arena, { batch: m, width: n }: Network): TapeBuffers {
  const state = () => arena.take(4 * m * n)
  const groups = () => arena.take(8 * Math.max(m, n))
  return { x: state(), z: state(), mean: groups(), inverse: groups() }
}

/** Bytes that `takeTape` takes at most, alignment included. */
export const tapeBytes = ({ batch: m, width: n }: Network): number =>
  8 * m * n + 16 * Math.max(m, n) + 512
