import type { NetworkConfig } from '../../model/config.ts'
import type { PaperId } from '../papers.ts'
import type { Sweep } from '../sweepField.ts'

/** A named network: what it shows in a sentence or two, and the paper it comes from. */
export interface Preset {
  readonly title: string
  readonly text: string
  /** What differs from the defaults of the link. */
  readonly config: Partial<NetworkConfig>
  /** What it is about only shows over several values of a setting. */
  readonly sweep?: Sweep
  /** What it is about only shows beside others: in what these differ from it. They are pinned. */
  readonly beside?: readonly Partial<NetworkConfig>[]
  /** In which of their ways charts are looked at, as a link says it. */
  readonly look?: readonly string[]
  readonly paper: PaperId
}
