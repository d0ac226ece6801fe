import { type ExportExtension, exportFileName } from '../../export/fileNames.ts'
import type { Provenance } from '../../export/provenance.ts'
import { isPresetChanged } from '../../state/actions.ts'
import type { LinkState } from '../../state/fields.ts'
import { fileWords } from '../../state/files.ts'
import type { Run } from '../../state/run.ts'
import type { Page } from '../page.ts'
import { pageLink, withView } from '../pageLink.ts'

/** The run on show; throws in words for the visitor where there is none. */
export function shownRun({ store }: Page): Run {
  const { shown } = store.getState()
  if (!shown) throw new Error('There is nothing to export yet: wait for the first numbers.')
  return shown
}

/** The link as it was when the run on show was asked for. */
function linkOf(page: Page): LinkState {
  const { link } = page.store.getState()
  return withView({ network: shownRun(page).config, view: link.view }, { embed: 0 })
}

/** Where the files of the run on show come from. */
export function originOf(page: Page): Provenance {
  const link = linkOf(page)
  const files = fileWords(shownRun(page).files)
  return { link: pageLink(link), version: page.version, config: link.network, files }
}

/** Name of a file that holds `stat` of the run on show. */
export function fileNameOf(page: Page, stat: string, extension: ExportExtension): string {
  const { network, view } = linkOf(page)
  const isPreset = view.preset !== null && !isPresetChanged(network, view.preset)
  const preset = isPreset ? view.preset : null
  return exportFileName({ preset, stat, seed: network.seed, date: new Date(), extension })
}
