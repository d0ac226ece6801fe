import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { framesZip } from '../../src/export/framesZip.ts'

test('framesZip(frames) holds every frame under a number that sorts', () => {
  const frames = Array.from({ length: 101 }, (_, i) => Uint8Array.of(i, 7))
  const files = unzipSync(framesZip(frames))
  const names = Object.keys(files)
  expect([names[0], names[9], names[100]]).toEqual([
    'frame_0001.png',
    'frame_0010.png',
    'frame_0101.png',
  ])
  expect([...names].sort()).toEqual(names)
  expect(files['frame_0042.png']).toEqual(Uint8Array.of(41, 7))
})
