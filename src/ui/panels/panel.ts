/** Something that has a place of its own among the charts. */
export interface Panel {
  readonly id: string
  readonly title: string
  /** One sentence: how to read it. */
  readonly reading: string
}
