import { type FileKind, filesInUse } from '../../state/files.ts'
import { closeFile, fitToFile } from '../../state/openFiles.ts'
import type { PageState } from '../../state/store.ts'
import { usePage, usePageState } from '../page.ts'

/** TABLE: what a file is called, and its size in words. */
const kinds: Readonly<
  Record<FileKind, { readonly title: string; readonly sizeOf: (state: PageState) => string }>
> = {
  weights: {
    title: 'Weights',
    sizeOf: ({ files: { weights } }) =>
      weights ? `${weights.depth} layers of ${weights.width} units` : '',
  },
  inputs: {
    title: 'Inputs',
    sizeOf: ({ files: { inputs } }) =>
      inputs ? `${inputs.batch} samples of ${inputs.width} units` : '',
  },
}

/** The files that take the place of drawn numbers, and those that wait for a network of their size. */
export function FileBar() {
  const { weights, inputs } = usePageState(({ files }) => files)
  if (!weights && !inputs) return null
  return (
    <ul className="pins" aria-label="Files">
      {weights && <FileRow kind="weights" name={weights.name} />}
      {inputs && <FileRow kind="inputs" name={inputs.name} />}
    </ul>
  )
}

function FileRow({ kind, name }: { kind: FileKind; name: string }) {
  const { store } = usePage()
  const { title, sizeOf } = kinds[kind]
  const size = usePageState(sizeOf)
  const isUsed = usePageState(({ files, link }) => filesInUse(files, link.network)[kind] !== null)
  const words = isUsed
    ? `${title} from ${name} (${size}).`
    : `${title} from ${name} are set aside and drawn instead: they are for ${size}.`
  return (
    <li>
      <span className="pin-words" role="status">
        {words}
      </span>
      {!isUsed && (
        <button
          type="button"
          aria-label={`Use the size of ${name}`}
          onClick={() => {
            fitToFile(store, kind)
          }}
        >
          Use this size
        </button>
      )}
      <button
        type="button"
        aria-label={`Remove the ${kind} of ${name}`}
        onClick={() => {
          closeFile(store, kind)
        }}
      >
        Remove
      </button>
    </li>
  )
}
