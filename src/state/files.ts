import type { Given } from '../engine/protocol.ts'
import { type NetworkConfig, type NetworkKey } from '../model/config.ts'
import { roundedDepth } from '../model/network.ts'

type Numbers = Float32Array | Float64Array

/** Weights that the visitor has brought along. They stay on the page: no link holds them. */
export interface WeightsFile {
  /** Another file, another number. */
  readonly id: number
  readonly name: string
  readonly width: number
  readonly depth: number
  /** [depth, width, width], (out, in) */
  readonly w: Numbers
  /** [depth, width] */
  readonly b?: Numbers | undefined
  /** [blocks, width, width] */
  readonly s?: Numbers | undefined
}

export interface InputsFile {
  readonly name: string
  readonly batch: number
  readonly width: number
  /** [batch, width] */
  readonly x: Float64Array
}

export interface Files {
  readonly weights: WeightsFile | null
  readonly inputs: InputsFile | null
}

export type FileKind = keyof Files

export const NO_FILES: Files = { weights: null, inputs: null }

/** Are these weights of the network's width, and as many layers of them as it has? */
function fitsWeights({ width, depth }: WeightsFile, network: NetworkConfig): boolean {
  const layers = network.tied === 1 ? 1 : roundedDepth(network)
  return width === network.width && layers <= depth
}

function fitsInputs({ batch, width }: InputsFile, network: NetworkConfig): boolean {
  return width === network.width && batch === network.batch
}

/** The files that have the sizes of a network; the others are set aside until it has theirs. */
export function filesInUse({ weights, inputs }: Files, network: NetworkConfig): Files {
  return {
    weights: weights && fitsWeights(weights, network) ? weights : null,
    inputs: inputs && fitsInputs(inputs, network) ? inputs : null,
  }
}

/** What a run is sent of its files. */
export function givenOf({ weights, inputs }: Files): Given | undefined {
  if (!weights && !inputs) return undefined
  return { weights: weights ?? undefined, x0: inputs?.x }
}

/** Where the numbers of a run come from, in words; empty where all of them are drawn. */
export function fileWords({ weights, inputs }: Files): string {
  const words = [weights && `weights from ${weights.name}`, inputs && `inputs from ${inputs.name}`]
  return words.filter((word) => word !== null).join(', ')
}

/** What a network takes over from its files; a stack of one matrix is kept where all layers share it. */
export function sizesOf({ weights, inputs }: Partial<Files>, network: NetworkConfig) {
  const isShared = weights?.depth === 1 && network.tied === 1
  const { width = network.width, depth = network.depth } = weights ?? {}
  const branch = Math.min(network.branch, depth)
  return {
    ...(inputs && { batch: inputs.batch, width: inputs.width }),
    ...(weights && { width }),
    ...(weights && !isShared && ({ depth, branch, tied: 0 } as const)),
  }
}

/** TABLE: the keys whose place a file takes. */
const replaced: Readonly<Record<FileKind, readonly NetworkKey[]>> = {
  weights: ['init', 'sw', 'sb'],
  inputs: ['data', 'rho', 'distinct'],
}

/** The file in use that takes the place of a setting, if any. */
export function fileInPlaceOf(files: Files, network: NetworkConfig, key: NetworkKey) {
  const used = filesInUse(files, network)
  const kind = replaced.weights.includes(key) ? 'weights' : 'inputs'
  return replaced[kind].includes(key) ? used[kind] : null
}
