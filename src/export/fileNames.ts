export type ExportExtension = 'png' | 'svg' | 'csv' | 'json' | 'npz' | 'py' | 'zip' | 'webm' | 'mp4'

/** What the name of an exported file says. */
export interface ExportName {
  /** Name of the preset, null where the settings are the visitor's own. */
  readonly preset: string | null
  /** The statistic, chart or thing that is in the file. */
  readonly stat: string
  readonly seed: number
  /** The day of the export, in the visitor's own time zone. */
  readonly date: Date
  readonly extension: ExportExtension
}

/** Lower case, digits, hyphen; the underscore stays where statistics have it. */
const safe = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')

function day(date: Date): string {
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
  return `${pad(date.getFullYear(), 4)}${pad(date.getMonth() + 1, 2)}${pad(date.getDate(), 2)}`
}

/** `sigprop_<preset>_<stat>_<seed>_<yyyymmdd>.<ext>`; `custom` stands for settings without a preset. */
export function exportFileName({ preset, stat, seed, date, extension }: ExportName): string {
  const parts = ['sigprop', safe(preset ?? 'custom'), safe(stat), String(seed), day(date)]
  return `${parts.join('_')}.${extension}`
}
