import { gaussPoincare } from '../model/gaussPoincare.ts'
import type { ActivationId } from '../model/activations.ts'
import type { NetworkConfig } from '../model/config.ts'

interface Constants {
  readonly a: number
  readonly b: number
}

const PLAIN: Constants = { a: 1, b: 0 }
const known = new Map<string, Constants>()

/** The activation as used is a phi + b. Worked out once for each activation: it takes an integration. */
export function activationConstants({ gpn, act, slope }: NetworkConfig): Constants {
  if (gpn === 0) return PLAIN
  const key = `${act} ${slope}`
  const constants = known.get(key) ?? constantsOf(act, slope)
  known.set(key, constants)
  return constants
}

function constantsOf(act: ActivationId, slope: number): Constants {
  const { a, b } = gaussPoincare(act, slope)
  return { a, b }
}
