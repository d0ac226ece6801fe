import type { ReactNode } from 'react'
import type { TableData } from '../parts/Table.tsx'

/** One way to look at singular values: everything that stands in the chart's frame. */
export interface Face {
  readonly title: string
  readonly reading: string
  /** Stands in place of the drawing. */
  readonly message: string | undefined
  /** The spectrum that is read, in words. */
  readonly words: string
  /** What theory says of it; undefined where nobody asked. */
  readonly theoryWords: string | undefined
  readonly table: (() => TableData) | undefined
  /** Layer, or rank, at which the table opens. */
  readonly row: number
  /** Is what is drawn that of the settings before? */
  readonly isOld: boolean
  readonly drawing: ReactNode
}
