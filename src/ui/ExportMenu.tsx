import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { MenuButton, type MenuItem } from './MenuButton.tsx'
import { type Page, usePage } from './page.ts'

/** What writes the files is fetched when a file is asked for. */
const runFiles = () => import('./files/runFiles.ts')

const itemsOf = (page: Page): readonly MenuItem[] => [
  { label: 'Whole run as JSON', run: async () => (await runFiles()).saveRunJson(page) },
  { label: 'Whole run as CSV', run: async () => (await runFiles()).saveRunCsv(page) },
  { label: 'Network (.npz)', run: async () => (await runFiles()).saveNetwork(page) },
  {
    label: 'Copy as Python (NumPy)',
    run: async () => (await runFiles()).copyPython(page, 'numpy'),
  },
  {
    label: 'Copy as Python (PyTorch)',
    run: async () => (await runFiles()).copyPython(page, 'torch'),
  },
]

/** The run on show, to take home. */
export function ExportMenu() {
  const page = usePage()
  const items = useMemo(() => itemsOf(page), [page])
  return (
    <MenuButton
      name="Export"
      items={items}
      button={(opener) => (
        <Button size="compact-sm" variant="default" {...opener}>
          Export
        </Button>
      )}
    />
  )
}
