import { formatCount } from '../../base/formatLog10.ts'

/** One line of a legend: what the mark is, and its value at the layer in question. */
export interface LegendEntry {
  readonly id: string
  readonly label: string
  /** One sentence on what it is. */
  readonly meaning: string
  readonly className: string
  readonly value: string
  /** The predicted value in words; `no prediction` where nobody knows one; absent where it is not asked. */
  readonly theory?: string | undefined
}

export interface LegendProps {
  readonly layer: number
  readonly entries: readonly LegendEntry[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

export function Legend({ layer, entries, hidden, onToggle }: LegendProps) {
  return (
    <div className="legend">
      <span className="legend-layer">layer {formatCount(layer)}</span>
      {entries.map(({ id, label, meaning, className, value, theory }) => (
        <button
          key={id}
          type="button"
          className={`legend-entry ${className}`}
          aria-pressed={!hidden.has(id)}
          title={`${meaning} Click to ${hidden.has(id) ? 'show' : 'hide'}.`}
          onClick={() => {
            onToggle(id)
          }}
        >
          <svg className="swatch" width="18" height="8" aria-hidden="true">
            <line x1="1" x2="17" y1="4" y2="4" />
          </svg>
          {label} <span className="legend-value">{value}</span>
          {theory !== undefined && <span className="legend-theory">{theory}</span>}
        </button>
      ))}
    </div>
  )
}
