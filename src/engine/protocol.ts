import type { NetworkConfig } from '../model/config.ts'
import type { EngineId } from './backend.ts'
import type { Given } from './given.ts'
import type { MemoryBudget } from './memoryBudget.ts'
import type { NetworkArrays } from './networkArrays.ts'
import type { LayerRows, StatisticId } from './statistics.ts'

/** Everything that crosses the worker boundary: ids, numbers and small typed arrays, never tensors. */

export const engineChoices = ['auto', 'reference', 'wasm', 'webgpu'] as const
export type EngineChoice = (typeof engineChoices)[number]

/** What the page asks of the worker. A request stops whatever an older one still does. */
export type Request = RunRequest | Cancel

export interface Cancel {
  readonly kind: 'cancel'
  readonly runId: number
}

export interface RunRequest {
  readonly kind: 'run'
  readonly runId: number
  readonly config: NetworkConfig
  readonly engine: EngineChoice
  /** Layers whose Jacobian spectrum is wanted, ascending; 0 is the identity. */
  readonly spectra: readonly number[]
  /** Layers that are wanted as a picture, ascending. */
  readonly pictures: readonly number[]
  /** Where the data files are, an absolute address. */
  readonly dataUrl: string
  /** Arrays from files, in place of drawn ones. */
  readonly given?: Given | undefined
  /** Among how many workers of its own the worker may divide the run; none where it is absent. */
  readonly helpers?: number
}

/** What one worker asks of another: a part of a run. */
export interface PartRequest {
  readonly kind: 'part'
  readonly runId: number
  readonly config: NetworkConfig
  readonly engine: EngineId
  /** All layers whose spectrum is wanted of the run, ascending. */
  readonly spectra: readonly number[]
  readonly dataUrl: string
  readonly budget: MemoryBudget
  readonly part: Part
}

/** Both passes of further seeds, by their places in the run; or some of the spectra of the first seed. */
export type Part =
  | { readonly kind: 'seeds'; readonly first: number; readonly count: number }
  | { readonly kind: 'spectra'; readonly layers: readonly number[] }

/** What a worker answers that does a part. */
export type PartReply =
  | { readonly kind: 'begun' | 'finished' | 'cancelled'; readonly runId: number }
  | { readonly kind: 'failed'; readonly runId: number; readonly message: string }
  | (PartEvent & { readonly runId: number })

export type PartEvent =
  | Steps
  | { readonly kind: 'spectrum'; readonly spectrum: Spectrum }
  | { readonly kind: 'seed'; readonly index: number; readonly rows: LayerRows }
  | { readonly kind: 'times'; readonly times: PhaseTiming }

export interface Steps {
  readonly kind: 'steps'
  readonly pass: Pass
  readonly steps: number
}

export type { Given, GivenWeights } from './given.ts'

/** Asks for the exact arrays of a network (its first seed); served by a worker of its own. */
export interface DrawRequest {
  readonly kind: 'draw'
  readonly config: NetworkConfig
  readonly engine: EngineChoice
  readonly dataUrl: string
  readonly given?: Given | undefined
}

export type DrawReply =
  | { readonly kind: 'drawn'; readonly arrays: NetworkArrays }
  | { readonly kind: 'not-drawn'; readonly message: string }

export type { NetworkArrays } from './networkArrays.ts'

/** The passes of one experiment, in the order they run for each network. */
export type Pass = 'forward' | 'backward' | 'spectra'

/** Singular values of d x_l / d x_0 for sample 0, log10, largest first; -Infinity = exact zero. */
export interface Spectrum {
  readonly layer: number
  readonly log10SingularValues: Float64Array
}

/** One layer seen close up: the first `samples` rows of the batch. */
export interface LayerPicture {
  readonly layer: number
  readonly samples: number
  /** Cosines between the rows of X, [samples, samples]; NaN beside a zero row. */
  readonly cosines: Float32Array
  /** These rows on their first three principal components, [samples, 3], in units of the rms of X; zero where X is. */
  readonly projection: Float32Array
  /** Shares of the variance that the three components carry. */
  readonly componentShares: Float32Array
  /** log10 singular values of these rows, largest first; -Infinity under 1e-7 of the largest, which is rounding. */
  readonly log10SingularValues?: Float64Array | undefined
  /** Z over all units and samples: HISTOGRAM_BINS counts over [-range, range] in true units; none at layer 0. */
  readonly histogram?: Histogram | undefined
}

export const HISTOGRAM_BINS = 61
/** Half-width of the histogram in units of the rms of Z. */
export const HISTOGRAM_RMS = 4

export interface Histogram {
  /** log10 of the half-width of the histogram: HISTOGRAM_RMS times the rms of Z. */
  readonly log10Range: number
  /** Share of the entries in each bin; entries outside the range are counted in the outermost bins. */
  readonly shares: Float32Array
  /** Share of entries with |phi'| under 1 % of the largest |phi'| (saturated or dead). */
  readonly saturated: number
  /** Share of units whose phi' is exactly 0 for every sample. */
  readonly dead: number
}

/** Milliseconds of work by phase, over all seeds and all workers that shared them. */
export interface PhaseTiming {
  readonly weights: number
  readonly forward: number
  readonly backward: number
  readonly spectra: number
}

export interface Timing extends PhaseTiming {
  /** From the request to the end: less than the sum of the phases where several workers shared them. */
  readonly total: number
}

/** 10 % and 90 % over the seeds. */
export interface Band {
  readonly low: Float64Array
  readonly high: Float64Array
}

export interface Summary {
  readonly gradientGrowth: number | null
  readonly gscGrowth: number | null
}

export type RowSlices = Readonly<Partial<Record<StatisticId, Float64Array>>>

/** What the worker answers. Every reply repeats its run's number; the newest run wins. */
export type Reply =
  | Started
  | RowsReply
  | ({ readonly kind: 'progress'; readonly runId: number } & Progress)
  | { readonly kind: 'spectrum'; readonly runId: number; readonly spectrum: Spectrum }
  | { readonly kind: 'picture'; readonly runId: number; readonly picture: LayerPicture }
  | Finished
  | { readonly kind: 'cancelled'; readonly runId: number }
  | {
      readonly kind: 'failed'
      readonly runId: number
      readonly code: string
      readonly message: string
    }

export interface Progress {
  readonly pass: Pass
  /** Layer steps done and planned, over all passes and seeds. */
  readonly done: number
  readonly total: number
}

export interface Started {
  readonly kind: 'started'
  readonly runId: number
  readonly engine: EngineId
  /** Why this engine, in words. */
  readonly reason: string
  /** The network as resolved: layers after rounding to blocks, branch weights, activation constants. */
  readonly depth: number
  readonly alpha: number
  readonly beta: number
  readonly a: number
  readonly b: number
  /** What the samples are, where they are handwritten digits. */
  readonly images?: DigitImages | undefined
}

/** The first samples of a batch as they were before they became inputs. */
export interface DigitImages {
  /** 0 ... 9 for each. */
  readonly labels: Uint8Array
  /** [samples, 28 * 28], ink 0 ... 255. */
  readonly pixels: Uint8Array
}

/** Entries first ... of every row named; what is not sent yet is unknown. NaN = does not exist. */
export interface RowsReply {
  readonly kind: 'rows'
  readonly runId: number
  readonly first: number
  readonly rows: RowSlices
}

/** The last reply of a run that went through: full rows (medians over the seeds) and what sums them up. */
export interface Finished {
  readonly kind: 'finished'
  readonly runId: number
  readonly rows: Readonly<Record<StatisticId, Float64Array>>
  readonly bands: Readonly<Record<StatisticId, Band>> | null
  readonly summary: Summary
  readonly timing: Timing
}

/** Asks for what theory says of a network whose layer 0 was measured. Served beside runs, by a worker of its own. */
export interface PredictRequest {
  readonly kind: 'predict'
  readonly forecastId: number
  readonly config: NetworkConfig
  readonly start: {
    readonly log10Rms: number
    readonly meanCosine: number
    readonly isometryGap: number
  }
  /** Layers whose Jacobian spectrum is to be predicted, ascending; none where absent. */
  readonly spectra?: readonly number[]
}

/** Rows of 0 ... L; null or absent where no theory is known, NaN where a quantity does not exist. */
export interface Forecast {
  readonly rows: Readonly<Partial<Record<StatisticId, Float64Array | null>>>
  readonly gradientGrowth: number | null
  readonly gscGrowth: number | null
  /** Between what eight in ten networks lie, of rows of which that is known. */
  readonly bands?: Readonly<Partial<Record<StatisticId, Band>>>
  /** Of the layers asked for; layers of which nothing is known are left out. */
  readonly spectra?: readonly SpectrumForecast[]
}

/** What theory knows of the singular values of d x_l / d x_0; null for what it does not. */
export interface SpectrumForecast {
  readonly layer: number
  /** log10 of all of them, largest first; -Infinity = exact zero. */
  readonly log10SingularValues: Float64Array | null
  /** log10 of what none is above, and none below. */
  readonly bounds: { readonly low: number; readonly high: number } | null
  /** Of the squares: log10 of their mean, and their variance in units of the squared mean. */
  readonly moments: { readonly log10Mean: number; readonly spread: number } | null
  /** Whose law it is, for a legend. */
  readonly law: string
}

/** Fixed points and depth scales of a plain deep network, where mean-field theory has them. */
export interface PlanePoint {
  readonly phase: 'ordered' | 'critical' | 'chaotic'
  readonly qStar: number
  readonly cStar: number | null
  readonly chi1: number
  readonly xiC: number | null
  readonly xiGrad: number
  readonly criticalSw: number | null
}

export interface PredictReply {
  readonly kind: 'predicted'
  readonly forecastId: number
  readonly forecast: Forecast
  /** null for networks that are not plain: normalized, mixed, with shared weights. */
  readonly point: PlanePoint | null
  /** Will the spectra that were asked for be told after this? Not where another question comes between. */
  readonly spectraFollow: boolean
}

/** The spectra of a forecast; layers of which nothing is known are left out. */
export interface SpectraReply {
  readonly kind: 'predicted-spectra'
  readonly forecastId: number
  readonly spectra: readonly SpectrumForecast[]
}

/** Asks for a map of predicted growth over the weight scale (across) and the bias scale (up). */
export interface MapRequest {
  readonly kind: 'map'
  readonly mapId: number
  /** sw, sb and depth do not matter. */
  readonly config: NetworkConfig
  readonly start: { readonly log10Rms: number; readonly meanCosine: number }
  readonly sws: readonly number[]
  readonly sbs: readonly number[]
}

/** One row of the map: ln of the growth a layer at each weight scale; NaN where no theory is known. */
export interface MapReply {
  readonly kind: 'map-row'
  readonly mapId: number
  readonly row: number
  readonly lnGrowth: Float32Array
}

/** Asks for the constants of the activation and the maps of a layer, whether or not the settings have been run. */
export interface CardRequest {
  readonly kind: 'card'
  readonly cardId: number
  readonly config: NetworkConfig
  readonly start: { readonly log10Rms: number; readonly meanCosine: number }
}

export interface CardReply {
  readonly kind: 'card'
  readonly cardId: number
  readonly card: ActivationConstants
  readonly maps: LayerMaps
}

/** Nothing is known of the card that was asked for. */
export interface NoCardReply {
  readonly kind: 'no-card'
  readonly cardId: number
}

/** Of an activation under the standard normal law, z ~ N(0, 1). */
export interface ActivationConstants {
  /** E[phi(g z)], E[phi(g z)^2] and g^2 E[phi'(g z)^2]. */
  readonly m1: number
  readonly m2: number
  readonly d2: number
  /** As the network has it: a phi(g z) + b. */
  readonly a: number
  readonly b: number
  /** Of phi itself: both roots, their slopes of the length map at q = 1, and the root that is taken. */
  readonly gaussPoincare: {
    readonly a: number
    readonly b: number
    readonly upper: number
    readonly lower: number
    readonly slopeUpper: number
    readonly slopeLower: number
  }
  /** Slope of the length map at q = 1, weight scale included. */
  readonly lengthSlope: number
  /** Where the length map settles; 0 or Infinity where it leaves. */
  readonly qStar: number
  /** Gradient growth a layer with each normalization; null where no theory is known. */
  readonly growth: Readonly<Record<NetworkConfig['norm'], number | null>>
}

/** Why a network has no map of one number: a word of theory's. */
export type NoMap =
  | 'mixed'
  | 'tied'
  | 'gain_decay'
  | 'mirrored'
  | 'batch'
  | 'two_units'
  | 'digits'
  | 'constant'
  | 'zero'
  | 'normalized'

/** A map x -> y over a range, and the way of the inputs through it. */
export interface LayerMap {
  readonly range: readonly [number, number]
  readonly xs: Float64Array
  readonly ys: Float64Array
  /** Within the range, ascending; empty where every place is fixed. */
  readonly fixedPoints: readonly {
    readonly at: number
    readonly slope: number
    /** Marginal: slope 1, to which nothing or only powers of depth converge. */
    readonly stability: 'stable' | 'unstable' | 'marginal'
  }[]
  readonly isIdentity: boolean
  /** Values at layers 1, 2, ... */
  readonly steps: Float64Array
}

export interface CorrelationMap extends LayerMap {
  /** The variance at which it is taken, and whether the signal stays at it. */
  readonly q: number
  readonly isSettled: boolean
  /** Slope at c = 1. */
  readonly chi1: number
}

/** Length map and correlation map of one layer. */
export interface LayerMaps {
  readonly length: LayerMap | NoMap
  readonly correlation: CorrelationMap | NoMap
}

/** Asks for the singular values of one layer's W. Served beside runs, by a worker of its own. */
export interface WeightsRequest {
  readonly kind: 'weights'
  readonly weightsId: number
  readonly config: NetworkConfig
  /** The layer whose stream W is drawn from: 1 where all layers share their weights. */
  readonly drawnLayer: number
  /** [n, n], (out, in): from a file, in place of a drawn one. */
  readonly given?: Float32Array | Float64Array | undefined
}

export interface WeightsReply {
  readonly kind: 'weights'
  readonly weightsId: number
  /** null where it could not be computed. */
  readonly spectrum: WeightSpectrum | null
}

export interface WeightSpectrum {
  /** log10 of all n, largest first; -Infinity = exact zero. */
  readonly log10SingularValues: Float64Array
  /** null where no law is known. */
  readonly theory: WeightLaw | null
}

/** What theory knows of the singular values of a drawn W. */
export interface WeightLaw {
  /** log10 of all n, largest first; -Infinity = exact zero. */
  readonly log10SingularValues: Float64Array
  /** Whose law it is, for a legend. */
  readonly law: string
}

export type TheoryRequest = PredictRequest | MapRequest | CardRequest | WeightsRequest
/** What broke theory, for the browser's console; the answer comes apart. */
export interface TheoryTrouble {
  readonly kind: 'trouble'
  readonly message: string
}

export type TheoryReply =
  PredictReply | SpectraReply | MapReply | CardReply | NoCardReply | WeightsReply
