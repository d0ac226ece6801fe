import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react'
import { FrameTable } from './frameTable.ts'
import { Table, type TableData } from './Table.tsx'

export interface FrameProps {
  readonly title: string
  readonly reading: string
  /** Ways to look at the chart. */
  readonly tools?: ReactNode
  /** Buttons of the page. */
  readonly actions?: ReactNode
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
export function Frame(props: FrameProps) {
  const { title, reading, tools, actions, legend, table, cursor, message, children } = props
  const [showsTable, setShowsTable] = useState(false)
  const titleId = useId()
  const readTable = useNewest(table)
  return (
    <figure className="chart" aria-labelledby={titleId}>
      <figcaption>
        <div className="chart-head">
          <h2 id={titleId}>{title}</h2>
          {tools}
          <div className="chart-buttons">
            <button
              type="button"
              className="chart-switch"
              aria-pressed={showsTable}
              disabled={!table}
              onClick={() => {
                setShowsTable(!showsTable)
              }}
            >
              {showsTable ? 'Chart' : 'Table'}
            </button>
            <FrameTable value={readTable}>{actions}</FrameTable>
          </div>
        </div>
        <p className="reading">{reading}</p>
      </figcaption>
      {message !== undefined && <p className="chart-message">{message}</p>}
      {message === undefined && showsTable && table && <Table data={table()} cursor={cursor} />}
      {message === undefined && !showsTable && (
        <>
          {legend !== undefined && <div className="chart-legend">{legend}</div>}
          <div className="chart-drawing">{children}</div>
        </>
      )}
    </figure>
  )
}

/** Calls the newest of a function's versions, and is itself always the same: nothing renders again for it. */
function useNewest<T>(make: (() => T) | undefined): () => T | undefined {
  const newest = useRef(make)
  useEffect(() => {
    newest.current = make
  })
  return useCallback(() => newest.current?.(), [])
}
