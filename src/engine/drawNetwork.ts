import { inputs } from '../model/inputs.ts'
import { resolveNetwork } from '../model/network.ts'
import { EngineError } from './errors.ts'
import { checkGiven, configOfGiven } from './given.ts'
import { loadDigits } from './loadDigits.ts'
import { type NetworkArrays, networkArrays, networkBytes } from './networkArrays.ts'
import { defaultBudget } from './memoryBudget.ts'
import type { DrawRequest } from './protocol.ts'
import { selectEngine, selectForGiven } from './select.ts'

/** A page holds the arrays, their file and its copy for the disk at once. */
const MAX_BYTES = 256 * 2 ** 20

/**
 * The exact arrays of a network (its first seed) as the chosen engine uses them.
 *
 * @throws EngineError 'too-large' above 256 MB, before anything is drawn
 */
export async function drawNetwork({
  config: asked,
  engine: choice,
  dataUrl,
  given,
}: DrawRequest): Promise<NetworkArrays> {
  const config = given ? configOfGiven(asked, given) : asked
  const network = resolveNetwork(config)
  if (given) checkGiven(network, given)
  const chosen = given ? selectForGiven(choice, given, config.width) : selectEngine(choice)
  const { backend } = await chosen
  const bytes = networkBytes(network, backend.id === 'reference' ? 8 : 4)
  if (bytes > MAX_BYTES) throw tooLarge(bytes)
  const needsDigits = inputs[config.data].needsDigits && !given?.x0
  const digits = needsDigits ? await loadDigits(dataUrl) : undefined
  const { weightBytes } = defaultBudget
  return networkArrays(backend, { network, seed: config.seed, digits, given, weightBytes })
}

function tooLarge(bytes: number): EngineError {
  const megabytes = (size: number) => Math.ceil(size / 2 ** 20).toLocaleString('en')
  return new EngineError(
    'too-large',
    `The arrays of this network take ${megabytes(bytes)} MB, and the page writes up to ${megabytes(MAX_BYTES)} MB. ` +
      'Lower the depth or the width, or use the command line.',
  )
}
