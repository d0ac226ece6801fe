import type { NetworkConfig, NetworkKey } from '../model/config.ts'
import type { Condition, Quantity } from '../state/challenge.ts'

/** A number in the words of a step, and where it comes from; tests hold it to the engine. */
export interface Claim {
  /** The number as the words have it. */
  readonly says: string
  readonly quantity: Quantity | Predicted
  readonly expected: number
  /** Relative to what is expected: rounding of the words, more where a chaotic network amplifies that of the engine. */
  readonly tolerance: number
  /** What differs from the step's own network. */
  readonly at?: Partial<NetworkConfig>
}

/** A number of the theory, or of the network as it is resolved, and not of a run. */
export interface Predicted {
  readonly of: 'theory'
  readonly what: 'chi1' | 'xiC' | 'cStar' | 'criticalSw' | 'a' | 'b'
}

export interface Question {
  readonly ask: string
  readonly answer: string
  /** The network that shows the answer, as what differs from the step's own; none: it is on show already. */
  readonly shows?: Partial<NetworkConfig>
}

export interface Challenge {
  readonly goal: string
  readonly conditions: readonly Condition[]
  readonly hint: string
  /** A network that meets it, as what differs from the step's own. */
  readonly solution: Partial<NetworkConfig>
}

/**
 * A page of a lesson. Words are paragraphs in which *this* is stressed and $x_l$ is a formula; a
 * paragraph that is one formula stands on a line of its own.
 */
export interface Step {
  readonly title: string
  /** What stands behind the # of the link that the step opens with. */
  readonly link: string
  /** Panels on show by their ids, the one to look at first. */
  readonly look: readonly string[]
  readonly text: readonly string[]
  /** What there is to see in the first panel. */
  readonly notice: string
  /** Settings that the step is played with. */
  readonly settings: readonly NetworkKey[]
  readonly question?: Question
  readonly challenge?: Challenge
  readonly claims: readonly Claim[]
}

/** Ends with a step that has a challenge. */
export type Lesson = readonly Step[]
