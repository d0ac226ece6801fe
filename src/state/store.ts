import { createStore, type StoreApi } from 'zustand/vanilla'
import type {
  CardReply,
  CardRequest,
  Forecast,
  PlanePoint,
  Progress,
  WeightSpectrum,
} from '../engine/protocol.ts'
import type { NetworkConfig } from '../model/config.ts'
import type { LinkState } from './fields.ts'
import { type Files, NO_FILES } from './files.ts'
import type { PinnedRuns, Run } from './run.ts'
import type { SweepRun } from './sweepPoints.ts'
import type { Notice } from './url.ts'

/** What the worker is doing for the page. */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly runId: number; readonly progress: Progress | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** A change under way: a slider being dragged is one gesture, and one step back in the history. */
export interface Gesture {
  readonly id: number
  readonly isOpen: boolean
}

export interface Playback {
  readonly isPlaying: boolean
  /** 1 takes about five seconds through the whole depth. */
  readonly speed: number
  readonly loops: boolean
}

/** What is predicted: a network, and the files that it takes numbers from. */
export interface ForecastSubject {
  readonly config: NetworkConfig
  readonly files: Files
}

/** A forecast and what it is of. */
export interface ShownForecast extends Forecast, ForecastSubject {
  readonly point: PlanePoint | null
  /** Has theory said all it will of these settings, spectra included? */
  readonly isWhole: boolean
}

/** Predicted growth over (sw, sb), as far as it has come: rows not there yet are absent. */
export interface GrowthMap {
  readonly sws: readonly number[]
  readonly sbs: readonly number[]
  readonly rows: readonly (Float32Array | undefined)[]
}

/** The settings, and the inputs as drawn, that constants and maps are asked for. */
export type CardQuestion = Pick<CardRequest, 'config' | 'start'>
export type ShownCard = CardQuestion & Pick<CardReply, 'card' | 'maps'>

/** The singular values of W at the cursor. */
export interface ShownWeights {
  /** What W depends on, in a word. */
  readonly key: string
  /** The layer that W was drawn for. */
  readonly layer: number
  /** null where it could not be computed. */
  readonly spectrum: WeightSpectrum | null
}

/** All that the page knows. Only `link` is saved. */
export interface PageState {
  readonly link: LinkState
  readonly notices: readonly Notice[]
  readonly gesture: Gesture
  /** The newest run that has delivered enough to be looked at. */
  readonly shown: Run | null
  /** What the visitor has brought along; not in the link. */
  readonly files: Files
  readonly pinned: PinnedRuns
  /** What theory says of the present settings; of those before while it is worked out. */
  readonly forecast: ShownForecast | null
  readonly growthMap: GrowthMap | null
  /** Constants of the activation and maps of a layer, of the settings or those just before. */
  readonly card: ShownCard | null
  /** The weights of the layer at the cursor, or just before; null until somebody has looked. */
  readonly weights: ShownWeights | null
  /** The sweep of the link as far as it has come; null while none is on show. */
  readonly sweep: SweepRun | null
  readonly activity: Activity
  readonly playback: Playback
}

export type PageStore = StoreApi<PageState>

export const initialPlayback: Playback = { isPlaying: false, speed: 1, loops: true }

export function createPageStore(link: LinkState, notices: readonly Notice[] = []): PageStore {
  return createStore<PageState>(() => ({
    link,
    notices,
    gesture: { id: 0, isOpen: false },
    shown: null,
    files: NO_FILES,
    pinned: {},
    forecast: null,
    growthMap: null,
    card: null,
    weights: null,
    sweep: null,
    activity: { kind: 'idle' },
    playback: { ...initialPlayback, isPlaying: link.view.play === 1 },
  }))
}
