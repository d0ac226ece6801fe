import { parseArgs } from 'node:util'
import { type EngineChoice, engineChoices } from '../engine/protocol.ts'
import {
  conflicts,
  defaultConfig,
  type NetworkConfig,
  type NetworkKey,
  networkKeys,
} from '../model/config.ts'
import { resolveNetwork } from '../model/network.ts'
import { fields } from '../state/fields.ts'
import { conflictWords, readValues, type SweptValue, sweptNetwork } from '../state/sweepField.ts'
import { networkOf } from '../state/url.ts'

/** What the command line cannot do anything with: printed, exit code 2. */
export class UsageError extends Error {}

/** One key over several values, and the network with each of them. */
export interface JobSweep {
  readonly key: NetworkKey
  readonly values: readonly SweptValue[]
  readonly configs: readonly NetworkConfig[]
}

export interface Job {
  readonly config: NetworkConfig
  readonly sweep: JobSweep | undefined
  readonly notices: readonly string[]
  readonly engine: EngineChoice
  readonly spectra: readonly number[]
  readonly format: 'json' | 'csv'
  readonly networkFile: string | undefined
  readonly outFile: string | undefined
}

export const usage = `usage: npm run -s simulate -- "<state>" [--engine ${engineChoices.join('|')}]
         [--sweep "depth=5,10,20"] [--spectra 1,10,100] [--format json|csv]
         [--network FILE.npz] [--out FILE]
<state> is what a link says after the #, for example "act=relu&norm=batch&depth=100"`

function pairsOf(state: string): readonly (readonly [string, string])[] {
  const bare = state.replace(/^#/, '')
  if (bare === '') return []
  return bare.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [pair, ''] : [pair.slice(0, at), decoded(pair.slice(at + 1))]
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The network that the keys change: that of the preset, where there is one. */
function baseOf(pairs: readonly (readonly [string, string])[]): NetworkConfig {
  const text = pairs.findLast(([key]) => key === 'preset')?.[1] ?? ''
  return networkOf(fields.preset.parse(text) ?? null)
}

/** A state string taken strictly: an unknown key is a notice, an illegal value a UsageError. */
export function readState(state: string): {
  readonly config: NetworkConfig
  readonly notices: readonly string[]
} {
  const notices: string[] = []
  const pairs = pairsOf(state)
  const values: Record<string, unknown> = { ...baseOf(pairs) }
  for (const [key, text] of pairs) {
    const field = Object.hasOwn(fields, key) ? fields[key as keyof typeof fields] : undefined
    if (!field) {
      if (key !== 'v') notices.push(`unknown key: ${key} is ignored`)
      continue
    }
    const value = field.parse(text)
    if (value === undefined) throw illegal(key, text, field.legal)
    if (key in defaultConfig) values[key] = value
  }
  const config = values as unknown as NetworkConfig
  const [conflict] = conflicts(config)
  if (conflict) throw illegal(conflict.key, String(config[conflict.key]), conflict.legal)
  return { config, notices }
}

function illegal(key: string, value: string, legal: string): UsageError {
  return new UsageError(`illegal value: ${key}=${value}; legal is ${legal}`)
}

function oneOf<K extends string>(name: string, value: string, options: readonly K[]): K {
  const found = options.find((option) => option === value)
  if (found === undefined) throw illegal(`--${name}`, value, options.join(' | '))
  return found
}

/** Layers as a list; each must be a layer of the network. */
function readSpectra(text: string, depth: number): readonly number[] {
  if (text === '') return []
  const layers = text.split(',').map((part) => {
    const layer = /^\s*\d+\s*$/.test(part) ? Number(part) : NaN
    if (!(layer >= 0 && layer <= depth)) throw illegal('--spectra', part, `layers 0 ... ${depth}`)
    return layer
  })
  return [...new Set(layers)].sort((p, q) => p - q)
}

/** A key and its values; each must be legal for it, and with the other settings. */
function readSweep(text: string, config: NetworkConfig): JobSweep {
  const at = text.indexOf('=')
  const name = text.slice(0, at < 0 ? undefined : at).trim()
  const key = networkKeys.find((id) => id === name)
  if (key === undefined || at < 0)
    throw illegal('--sweep', text, `key=value,value with a key of ${networkKeys.join(' ')}`)
  const read = readValues(key, text.slice(at + 1))
  if ('illegal' in read) throw illegal(`--sweep ${key}`, read.illegal, read.legal)
  const configs = read.values.map((value) => {
    const swept = sweptNetwork(config, key, value)
    const conflict = conflictWords(swept)
    if (conflict !== null) throw illegal(`--sweep ${key}`, String(value), conflict)
    return swept
  })
  return { key, values: read.values, configs }
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        engine: text,
        sweep: text,
        spectra: text,
        format: text,
        network: text,
        out: text,
      },
    })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

/** The command line's words turned into a job. */
export function readJob(argv: readonly string[]): Job {
  const { values, positionals } = parse(argv)
  if (positionals.length > 1)
    throw new UsageError(`one state expected, got ${positionals.length}\n${usage}`)
  const { config, notices } = readState(positionals[0] ?? '')
  const sweep = values.sweep === undefined ? undefined : readSweep(values.sweep, config)
  if (sweep && values.network !== undefined)
    throw new UsageError(
      '--network: writes one network, got a --sweep; name one value of it instead',
    )
  const depths = (sweep?.configs ?? [config]).map((each) => resolveNetwork(each).depth)
  return {
    config,
    sweep,
    notices,
    engine: oneOf('engine', values.engine ?? 'auto', engineChoices),
    spectra: readSpectra(values.spectra ?? '', Math.min(...depths)),
    format: oneOf('format', values.format ?? 'json', ['json', 'csv']),
    networkFile: values.network,
    outFile: values.out,
  }
}
