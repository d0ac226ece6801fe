interface ChoiceProps<K extends string> {
  readonly label: string
  /** Ids in their order, and what the buttons say. */
  readonly options: Readonly<Record<K, string>>
  /** What each of them is, for those who ask. */
  readonly meanings?: Readonly<Record<K, string>>
  readonly value: K
  readonly onChange: (value: K) => void
}

/** One of a few ways to look at a chart. */
export function Choice<K extends string>(props: ChoiceProps<K>) {
  const { label, options, meanings, value, onChange } = props
  return (
    <div className="chart-choice" role="group" aria-label={label}>
      {(Object.keys(options) as K[]).map((id) => (
        <button
          key={id}
          type="button"
          className="chart-switch"
          aria-pressed={id === value}
          title={meanings?.[id]}
          onClick={() => {
            onChange(id)
          }}
        >
          {options[id]}
        </button>
      ))}
    </div>
  )
}
