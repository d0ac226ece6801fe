import type { RunReport, TheoryReport } from '../../export/json.ts'
import { pythonScript, type PythonScriptOptions } from '../../export/pythonScript.ts'
import { encodeNpz } from '../../export/npy.ts'
import { runCsv, runJson } from '../../export/runFile.ts'
import { networkOfRun } from '../../state/facts.ts'
import { fileWords, givenOf } from '../../state/files.ts'
import { isForetold } from '../../state/shownForecast.ts'
import type { PageState } from '../../state/store.ts'
import { copyText } from '../copyText.ts'
import type { Page } from '../page.ts'
import { download, downloadText } from './download.ts'
import { fileNameOf, originOf, shownRun } from './origin.ts'

const NO_THEORY: TheoryReport = { rows: {}, gradientGrowth: null, gscGrowth: null }

const theoryOf = (state: PageState): TheoryReport =>
  (isForetold(state) && state.forecast) || NO_THEORY

function reportOf(page: Page): RunReport {
  const run = shownRun(page)
  const { rows, bands, summary, timing, spectra, start } = run
  if (!summary || !timing) throw new Error('Wait until the run is through, or run it again.')
  const theory = theoryOf(page.store.getState())
  const result = { rows, bands, summary, timing }
  return { network: networkOfRun(run), engine: start.engine, result, spectra, theory }
}

export function saveRunJson(page: Page): string {
  downloadText(runJson(reportOf(page), originOf(page)), fileNameOf(page, 'run', 'json'))
  return ''
}

export function saveRunCsv(page: Page): string {
  const { rows, bands } = reportOf(page).result
  const { seed } = shownRun(page).config
  const text = runCsv({ rows, bands, seed }, originOf(page))
  downloadText(text, fileNameOf(page, 'run', 'csv'))
  return ''
}

/** Draws the (first) network of the run on show once more and saves its arrays. */
export async function saveNetwork(page: Page): Promise<string> {
  const { config, start, files } = shownRun(page)
  const { engine } = start
  const { dataUrl } = page
  const given = givenOf(files)
  const arrays = await page.drawNetwork({ kind: 'draw', config, engine, dataUrl, given })
  const bytes = encodeNpz({ ...arrays })
  download(new Blob([bytes as Uint8Array<ArrayBuffer>]), fileNameOf(page, 'network', 'npz'))
  return ''
}

/** Copies a script that computes the run on show; saves it as a file where nothing can be copied. */
export async function copyPython(
  page: Page,
  flavour: PythonScriptOptions['flavour'],
): Promise<string> {
  const run = shownRun(page)
  if (fileWords(run.files) !== '')
    throw new Error('A script draws its numbers and cannot hold those of a file; remove it first.')
  const network = networkOfRun(run)
  const { link, version } = originOf(page)
  const script = pythonScript({ network, link, version, flavour })
  if (await copyText(script)) return 'The script is on the clipboard.'
  downloadText(script, fileNameOf(page, flavour, 'py'))
  return 'This browser lets no page copy; the script is saved as a file.'
}
