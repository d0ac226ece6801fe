/**
 * Who draws what from the counter-based generator: key = (seed, role), counter = (pair index, layer).
 * Released numbers never change, else old links would draw other networks.
 */
export const roles = {
  weight: 1,
  bias: 2,
  filter: 3,
  input: 4,
  sharedInput: 5,
  cotangent: 6,
  inputImages: 7,
} as const

export type Role = (typeof roles)[keyof typeof roles]
