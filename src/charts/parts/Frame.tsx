import { type ReactNode, useId, useState } from 'react'
import { Table, type TableData } from './Table.tsx'

export interface FrameProps {
  readonly title: string
  readonly reading: string
  readonly legend?: ReactNode
  /** The exact numbers behind the drawing; absent while there are none. */
  readonly table?: (() => TableData) | undefined
  /** Layer at which the table opens. */
  readonly cursor: number
  /** Stands in place of the drawing. */
  readonly message?: string | undefined
  readonly children: ReactNode
}

/** What all charts share: title, how to read it, legend, drawing or message, and the table behind it. */
export function Frame({ title, reading, legend, table, cursor, message, children }: FrameProps) {
  const [showsTable, setShowsTable] = useState(false)
  const titleId = useId()
  return (
    <figure className="chart" aria-labelledby={titleId}>
      <figcaption>
        <div className="chart-head">
          <h2 id={titleId}>{title}</h2>
          {table && (
            <button
              type="button"
              className="chart-switch"
              aria-pressed={showsTable}
              onClick={() => {
                setShowsTable(!showsTable)
              }}
            >
              {showsTable ? 'Chart' : 'Table'}
            </button>
          )}
        </div>
        <p className="reading">{reading}</p>
      </figcaption>
      {message !== undefined && <p className="chart-message">{message}</p>}
      {message === undefined && showsTable && table && <Table data={table()} cursor={cursor} />}
      {message === undefined && !showsTable && (
        <>
          {legend}
          {children}
        </>
      )}
    </figure>
  )
}
