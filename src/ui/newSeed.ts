/** A seed nobody has seen before: people ask for another network, not for the next one. */
export function newSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint16Array(1))
  return word
}
