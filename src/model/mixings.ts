/** How a layer keeps its input beside the nonlinear branch: X = alpha X_prev S^T + beta Y. */
export interface Mixing {
  readonly label: string
  /** S: absent, the identity, or a Haar orthogonal matrix drawn per block. */
  readonly filter: 'absent' | 'identity' | 'orthogonal'
  readonly source: string
}

const mixingTable = {
  none: { label: 'None', filter: 'absent', source: 'alpha = 0, beta = 1' },
  skip: {
    label: 'Identity skip',
    filter: 'identity',
    source: 'He et al. 2016, arXiv:1603.05027',
  },
  orthogonal: {
    label: 'Orthogonal filter',
    filter: 'orthogonal',
    source: 'Ceni 2022, arXiv:2210.01245',
  },
} satisfies Record<string, Mixing>

export type MixingId = keyof typeof mixingTable
export const mixings: Readonly<Record<MixingId, Mixing>> = mixingTable
export const mixingIds = Object.keys(mixingTable) as readonly MixingId[]

/** What a tie reads: the link's alpha, beta, c and the depth asked for. */
export interface TieInputs {
  readonly alpha: number
  readonly beta: number
  readonly c: number
  readonly depth: number
}

/** How the weights of the two branches follow from the link. */
export interface Tie {
  readonly label: string
  /** The largest alpha for which the tie has a meaning. */
  readonly maxAlpha: number
  readonly weights: (inputs: TieInputs) => { readonly alpha: number; readonly beta: number }
}

const tieTable = {
  convex: {
    label: 'alpha + beta = 1',
    maxAlpha: 1,
    weights: ({ alpha }) => ({ alpha, beta: 1 - alpha }),
  },
  energy: {
    label: 'alpha² + beta² = 1',
    maxAlpha: 1,
    weights: ({ alpha }) => ({ alpha, beta: Math.sqrt((1 - alpha) * (1 + alpha)) }),
  },
  sum: {
    label: 'alpha = beta = 1',
    maxAlpha: Infinity,
    weights: () => ({ alpha: 1, beta: 1 }),
  },
  free: {
    label: 'free',
    maxAlpha: Infinity,
    weights: ({ alpha, beta }) => ({ alpha, beta }),
  },
  depth: {
    label: 'beta = c / L',
    maxAlpha: Infinity,
    weights: ({ c, depth }) => {
      const beta = Math.min(1, c / depth)
      return { alpha: 1 - beta, beta }
    },
  },
} satisfies Record<string, Tie>

export type TieId = keyof typeof tieTable
export const ties: Readonly<Record<TieId, Tie>> = tieTable
export const tieIds = Object.keys(tieTable) as readonly TieId[]
