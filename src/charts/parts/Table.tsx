import { useState } from 'react'

export interface TableColumn {
  readonly label: string
  readonly values: ArrayLike<number>
  /** The curve that the column belongs to, where it has several; itself where absent. */
  readonly series?: { readonly id: string; readonly label: string } | undefined
  /** What it is of that curve; the measured values where absent. */
  readonly part?: TablePart
}

export type TablePart = 'theory' | 'theory low' | 'theory high' | 'low' | 'high'

/** Columns of numbers with the layers they belong to. */
export interface TableData {
  readonly layers: ArrayLike<number>
  /** What the rows stand for, where they are not layers. */
  readonly rowName?: string
  /** What the rows are called, where that is not a number. */
  readonly rowLabels?: readonly string[]
  readonly columns: readonly TableColumn[]
}

const PAGE_ROWS = 250

/** A number as it is in the data; words for what is none. */
function exact(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return 'none'
  return String(value).replace('-', '−')
}

function rowAtOrBefore({ layers }: TableData, layer: number): number {
  let row = 0
  while (row + 1 < layers.length && layers[row + 1]! <= layer) row++
  return row
}

/** The numbers behind a chart, a page at a time, opened at the cursor. */
export function Table({ data, cursor }: { data: TableData; cursor: number }) {
  const [page, setPage] = useState(() => Math.floor(rowAtOrBefore(data, cursor) / PAGE_ROWS))
  const pages = Math.max(1, Math.ceil(data.layers.length / PAGE_ROWS))
  const shown = Math.min(page, pages - 1)
  const first = shown * PAGE_ROWS
  const count = Math.min(PAGE_ROWS, data.layers.length - first)
  return (
    <div className="table">
      {pages > 1 && <Pager page={shown} pages={pages} onPage={setPage} />}
      <div className="table-scroll" tabIndex={0} role="group" aria-label="Table of values">
        <table>
          <thead>
            <tr>
              <th scope="col">{data.rowName ?? 'layer'}</th>
              {data.columns.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: count }, (_, i) => (
              <tr key={i}>
                <th scope="row">{data.rowLabels?.[first + i] ?? data.layers[first + i]}</th>
                {data.columns.map(({ label, values }) => (
                  <td key={label}>{exact(values[first + i])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface PagerProps {
  readonly page: number
  readonly pages: number
  readonly onPage: (page: number) => void
}

function Pager({ page, pages, onPage }: PagerProps) {
  const go = (label: string, target: number) => (
    <button
      type="button"
      disabled={target < 0 || target >= pages}
      onClick={() => {
        onPage(target)
      }}
    >
      {label}
    </button>
  )
  return (
    <div className="pager">
      {go('Previous', page - 1)} page {page + 1} of {pages} {go('Next', page + 1)}
    </div>
  )
}
