import type { Scaled } from '../base/scaled.ts'
import type { DigitSet } from '../model/digits.ts'
import type { Network } from '../model/network.ts'
import type { Given } from './given.ts'
import type { LayerRows } from './statistics.ts'

/**
 * The seam between the experiment and the engines. What an engine promises: the layer steps of contract
 * section 1 on the network that the generator's words describe, and every statistic of section 3 written
 * into the rows it was opened with. What it does not know: passes, checkpoints, spectra, time, workers.
 * Tensors never leave an engine but through the read-outs at the end.
 */
export const engineIds = ['reference', 'wasm', 'webgpu'] as const
export type EngineId = (typeof engineIds)[number]

export interface Backend {
  readonly id: EngineId
  /** Draws X_0 and makes layer 0 the current one, its statistics written. */
  open(opening: Opening): LayerRunner | Promise<LayerRunner>
}

/** One network (the one of `seed`, whatever the config's own seed) about to be run. */
export interface Opening {
  readonly network: Network
  readonly seed: number
  readonly rows: LayerRows
  readonly digits?: DigitSet | undefined
  /** Arrays that take the place of drawn ones; the WebGPU engine is never asked to. */
  readonly given?: Given | undefined
  /** What drawn weights may occupy while they are kept between uses; beyond it they are drawn again. */
  readonly weightBytes: number
}

/** Layers from + 1 ... to, both ends on block boundaries where blocks matter. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface ForwardOptions {
  /** Keep what the backward pass of these layers needs. */
  readonly record: boolean
  /** Write statistics. */
  readonly measure: boolean
}

/** Float arrays that an engine hands out: float32 from the fast engines, float64 from the reference. */
export type FloatArray = Float64Array | Float32Array

/** Weights of one layer as the engine used them. `s` is absent where the filter is (or is the identity). */
export interface LayerWeights {
  /** [n, n], (out, in) */
  readonly w: FloatArray
  /** [n] */
  readonly b: FloatArray
  /** [n, n], only on the last layer of a block with an orthogonal filter */
  readonly s?: FloatArray | undefined
}

/** Statistics of the columns of H that batch normalization used: 0 as inverse marks a zero column. */
export interface ColumnStatistics {
  readonly mean: FloatArray
  /** 1 / (standard deviation or rms), in units of 2^-exponent */
  readonly inverse: FloatArray
  /** H (and mean) = 2^exponent * stored values */
  readonly exponent: number
}

/** A network on an engine, standing at a current layer. Methods run in the order they are called. */
export interface LayerRunner {
  /** Bytes of one checkpoint, and of what `record` keeps for one layer. */
  readonly stateBytes: number
  readonly tapeBytes: number
  /** With fewer layers, a call costs its latency and not its work; 1 where nothing is said. */
  readonly fewestLayers?: number
  /** Runs the layers of the span forward; the current layer must be span.from. */
  forward(span: Span, options: ForwardOptions): void | Promise<void>
  /** Keeps X of the current layer (a block end); makes a kept one current; lets one go. */
  checkpoint(): void
  restore(layer: number): void
  release(layer: number): void
  /** Draws the cotangent as the gradient of the current layer, which must be the last. */
  startBackward(): void | Promise<void>
  /** Runs the layers of the span backward, span.to first; all must be recorded. Their records are let go. */
  backward(span: Span): void | Promise<void>
  /** Weights of a layer. The arrays are valid until the next call. */
  weights(layer: number): LayerWeights | Promise<LayerWeights>
  /** The cotangent C, [m, n]. */
  cotangent(): FloatArray
  /** X and Z of the current layer, [m, n]; valid until the next call. Z does not exist at layer 0. */
  activations(): Scaled<FloatArray> | Promise<Scaled<FloatArray>>
  preactivations(): Scaled<FloatArray> | Promise<Scaled<FloatArray>>
  /** Batch statistics of the current layer; throws without batch normalization. */
  columns(): ColumnStatistics | Promise<ColumnStatistics>
  /** Milliseconds spent drawing weights so far. */
  readonly weightMs: number
  dispose(): void
}
