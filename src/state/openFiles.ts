import { type FileKind, type Files, sizesOf } from './files.ts'
import { legalize } from './legalize.ts'
import type { PageStore } from './store.ts'

/** Takes files in the place of those of their kind, and gives the network their sizes. */
export function openFiles(store: PageStore, opened: Partial<Files>): void {
  const { files, link, gesture } = store.getState()
  const { network } = legalize({ ...link.network, ...sizesOf(opened, link.network) })
  store.setState({
    files: { ...files, ...opened },
    link: { network, view: { ...link.view, layer: null } },
    gesture: { id: gesture.id + 1, isOpen: false },
    notices: [],
  })
}

/** Gives the network the sizes of a file that is open but was set aside. */
export function fitToFile(store: PageStore, kind: FileKind): void {
  openFiles(store, { [kind]: store.getState().files[kind] })
}

export function closeFile(store: PageStore, kind: FileKind): void {
  store.setState(({ files }) => ({ files: { ...files, [kind]: null } }))
}
