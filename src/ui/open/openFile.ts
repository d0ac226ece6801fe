import { openFiles } from '../../state/openFiles.ts'
import type { PageStore } from '../../state/store.ts'

/** What reads files is fetched when there is one to read. */
const reader = () => import('./readFile.ts')

/** Opens a file of weights or inputs; what is wrong with it, in words, or nothing. */
export async function openFile(store: PageStore, file: File): Promise<string> {
  try {
    const { readFile } = await reader()
    openFiles(store, await readFile(file))
    return ''
  } catch (error) {
    return `${file.name}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The same for a file that was dropped on the page, which says above its charts what is wrong. */
export async function dropFile(store: PageStore, file: File): Promise<void> {
  const text = await openFile(store, file)
  if (text !== '') store.setState({ notices: [{ kind: 'file', key: file.name, value: '', text }] })
}
