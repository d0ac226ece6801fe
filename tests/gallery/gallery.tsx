import '@mantine/core/styles.css'
import { MantineProvider } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { ChartProps } from '../../src/charts/chart.ts'
import '../../src/ui/page.css'
import '../../src/ui/charts.css'
import { cases, chartsFor } from './cases.ts'
import { measure } from './measure.ts'
import { panelCases } from './panels.tsx'

/** Every chart on every case, and on nothing, and every panel; `?dark` shows them dark, `#name` one case alone. */
const scheme = window.location.search === '?dark' ? 'dark' : 'light'
const chosen = decodeURIComponent(window.location.hash.slice(1))

type Known = Pick<ChartProps, 'measured' | 'theory' | 'theoryBands' | 'spectrumTheory' | 'message'>

function Gallery() {
  const names = Object.keys(cases).filter((name) => chosen === '' || name === chosen)
  return (
    <MantineProvider forceColorScheme={scheme}>
      <main className="main">
        {names.map((name) => (
          <Case key={name} name={name} />
        ))}
        {chosen === '' && <Row name="no run yet" known={{ measured: null }} />}
        {chosen === '' && (
          <Row name="a run that failed" known={{ measured: null, message: 'The run failed.' }} />
        )}
        {Object.keys(panelCases)
          .filter((name) => chosen === '' || name === chosen)
          .map((name) => (
            <Panels key={name} name={name} />
          ))}
      </main>
    </MantineProvider>
  )
}

function Panels({ name }: { readonly name: string }) {
  return (
    <section aria-label={name}>
      {Object.entries(panelCases[name] ?? {}).map(([scene, draw]) => (
        <Panel key={scene} heading={`${name}: ${scene}`} draw={draw} />
      ))}
    </section>
  )
}

interface PanelProps {
  readonly heading: string
  readonly draw: () => ReactElement
}

function Panel({ heading, draw }: PanelProps) {
  return (
    <>
      <h1>{heading}</h1>
      <div className="chart-grid theory-panel">{draw()}</div>
    </>
  )
}

function Case({ name }: { readonly name: string }) {
  const [known, setKnown] = useState<Known>({ measured: null, message: 'Computing…' })
  useEffect(() => {
    measure(cases[name] ?? {}).then(setKnown, (error: unknown) => {
      setKnown({ measured: null, message: String(error) })
    })
  }, [name])
  return <Row name={name} known={known} />
}

function Row({ name, known }: { readonly name: string; readonly known: Known }) {
  const depth = known.measured?.depth ?? 0
  const [cursor, setCursor] = useState<number>()
  return (
    <section aria-label={name}>
      <h1>
        {name} <small>{JSON.stringify(cases[name] ?? {})}</small>
      </h1>
      <div className="chart-grid">
        {chartsFor(cases[name] ?? {}).map(({ id, title, reading, Component }) => (
          <Component
            key={id}
            {...{ title, reading, scheme, ...known }}
            cursor={cursor ?? depth}
            onCursor={setCursor}
            width={480}
            height={240}
          />
        ))}
      </div>
    </section>
  )
}

const root = document.getElementById('gallery')
if (root) createRoot(root).render(<Gallery />)
