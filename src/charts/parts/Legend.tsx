import { formatCount } from '../../base/formatLog10.ts'

export const NO_PREDICTION = 'no prediction'

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
  /** Between what eight in ten networks are predicted to lie, in words. */
  readonly reach?: string | undefined
}

export interface LegendProps {
  readonly layer: number
  readonly entries: readonly LegendEntry[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

/** A column an entry, under its line; its rows stay where they are, whatever the values are. */
export function Legend({ layer, entries, hidden, onToggle }: LegendProps) {
  return (
    <div className="legend-table">
      <span className="legend-layer">layer {formatCount(layer)}</span>
      <span className="legend-kind">
        measured <Stroke />
      </span>
      <span className="legend-kind predicted">
        theory <Stroke />
      </span>
      {entries.some(({ reach }) => reach !== undefined) && (
        <span
          className="legend-kind eight-in-ten"
          title="Eight in ten networks are predicted to lie between these."
        >
          8 in 10
        </span>
      )}
      {entries.map((entry) => (
        <Entry
          key={entry.id}
          entry={entry}
          isHidden={hidden.has(entry.id)}
          onToggle={() => {
            onToggle(entry.id)
          }}
        />
      ))}
    </div>
  )
}

/** How a kind of line is drawn. */
function Stroke() {
  return (
    <svg width="14" height="8" aria-hidden="true">
      <line className="legend-stroke" x1="1" x2="13" y1="4" y2="4" />
    </svg>
  )
}

interface EntryProps {
  readonly entry: LegendEntry
  readonly isHidden: boolean
  readonly onToggle: () => void
}

function Entry({ entry, isHidden, onToggle }: EntryProps) {
  const { label, meaning, className, value, theory, reach } = entry
  return (
    <button
      type="button"
      className={`legend-entry ${className}`}
      aria-pressed={!isHidden}
      title={`${meaning} Click to ${isHidden ? 'show' : 'hide'}.`}
      onClick={onToggle}
    >
      <svg className="swatch" height="6" aria-hidden="true">
        <line x1="0" x2="100%" y1="3" y2="3" />
      </svg>
      <span className="legend-label">{label}</span>
      <span className="legend-value">{value}</span>
      {theory !== undefined && (
        <span className="legend-theory">
          {theory !== NO_PREDICTION && <span className="spoken">theory </span>}
          {theory}
        </span>
      )}
      {reach !== undefined && <span className="legend-reach">{reach}</span>}
    </button>
  )
}
