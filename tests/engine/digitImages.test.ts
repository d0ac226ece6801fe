import { expect, it } from 'vitest'
import { digitImages } from '../../src/engine/digitImages.ts'
import { loadDigits } from '../../src/engine/loadDigits.ts'
import { resampleDigit } from '../../src/model/digits.ts'
import { inputs } from '../../src/model/inputs.ts'

it('the images on show are those that the network gets', async () => {
  const digits = await loadDigits(new URL('../../public/', import.meta.url).href)
  const request = { batch: 5, width: 784, seed: 77, rho: 0, distinct: 1, digits }
  const rows = inputs.digits.draw(request)
  const { labels, pixels } = digitImages(digits, request)
  const shown = { count: 5, labels, pixels }
  for (let a = 0; a < 5; a++)
    expect([...resampleDigit(shown, a, 784)]).toEqual([...rows.slice(784 * a, 784 * (a + 1))])
  expect(digitImages(digits, { batch: 200, seed: 1 }).labels).toHaveLength(64)
})
