export interface AtLayer {
  readonly layer: number
}

export const ofLayer = <T extends AtLayer>(items: readonly T[], layer: number | undefined) =>
  items.find((item) => item.layer === layer)
