import { describe, expect, it } from 'vitest'
import { playedLayer } from '../../src/ui/playback.ts'

const whole = { start: 0, top: 100, speed: 1, loops: false }

describe('playedLayer(sweep, elapsedMs)', () => {
  it('goes through the whole depth in five seconds at speed 1, however deep', () => {
    expect(playedLayer(whole, 2500)).toBe(50)
    expect(playedLayer({ ...whole, top: 50_000 }, 2500)).toBe(25_000)
    expect(playedLayer({ ...whole, speed: 2 }, 1000)).toBe(40)
  })

  it('is over at the top, or begins again', () => {
    expect(playedLayer(whole, 5001)).toBeNull()
    expect(playedLayer({ ...whole, loops: true }, 5100)).toBe(1)
    expect(playedLayer({ ...whole, start: 90, loops: true }, 1000)).toBe(9)
  })
})
