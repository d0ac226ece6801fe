import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { decodeNpz } from '../../src/export/decodeNpz.ts'
import { importNetwork } from '../../src/export/importNetwork.ts'
import { statisticIds } from '../../src/engine/statistics.ts'
import { hasNumpy, python } from '../export/python.ts'
import { GIVEN_SAME } from '../tolerances.ts'
import { journey } from './journey.ts'
import { settled } from './view.ts'
import { violations } from './violations.ts'

const STATE = '#depth=12&width=16&batch=6&seed=7&act=relu&norm=batch&sb=0.3&engine=wasm'
const OTHER_LAWS = '#depth=30&width=8&sw=3&init=orthogonal&data=circle'

async function saved(page: Page, name: string) {
  await page.getByText(/, \d+ ms$/).waitFor()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const item = page.getByRole('button', { name })
  const [file] = await Promise.all([page.waitForEvent('download'), item.click()])
  await item.waitFor({ state: 'detached' })
  return { path: await file.path(), name: file.suggestedFilename() }
}

async function openDialog(page: Page) {
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  return page.getByRole('dialog', { name: 'Open a file' })
}

const APPLICATION = 'application/octet-stream'

async function chooseByKeyboard(page: Page, name: string, content: Buffer) {
  await page.getByRole('button', { name: 'Open', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Open a file' })
  const input = dialog.getByLabel('File of weights or inputs')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), input.press('Enter')])
  await chooser.setFiles({ name, mimeType: APPLICATION, buffer: content })
  return dialog
}

async function choose(page: Page, name: string, content: Buffer) {
  const dialog = await openDialog(page)
  const file = { name, mimeType: APPLICATION, buffer: content }
  await dialog.getByLabel('File of weights or inputs').setInputFiles(file)
  return dialog
}

journey('the network as .npz: the arrays that the run on show has used', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await settled(page)
  const { path, name } = await saved(page, 'Network (.npz)')
  expect(name).toMatch(/^sigprop_custom_network_7_\d{8}\.npz$/)
  const network = importNetwork(await readFile(path))
  expect([network.depth, network.width, network.inputs?.batch]).toEqual([12, 16, 6])
  const b = Array.from(network.b ?? [])
  const biases = Math.sqrt(b.reduce((sum, v) => sum + v * v, 0) / b.length)
  expect(Math.abs(biases - 0.3)).toBeLessThan(0.1)
})

const SHAPES = `import numpy as np, sys
file = np.load(sys.argv[1])
print({name: (file[name].shape, file[name].dtype.str) for name in sorted(file)})`

/** The same in our own reading, where there is no NumPy: a test in the browser that is skipped fails the whole run. */
async function shapesOf(path: string): Promise<string> {
  const arrays = decodeNpz(await readFile(path)).toSorted((p, q) => (p.name < q.name ? -1 : 1))
  const entries = arrays.map(({ name, shape, data }) => {
    const type = data instanceof Float32Array ? '<f4' : '<f8'
    return `'${name}': ((${shape.join(', ')}), '${type}')`
  })
  return `{${entries.join(', ')}}`
}

journey('the .npz holds every array by its name, as NumPy has it', async ({ open }) => {
  const page = await open(`${STATE}&mix=orthogonal&branch=2`)
  await settled(page)
  const { path } = await saved(page, 'Network (.npz)')
  const shapes = hasNumpy ? python('-c', SHAPES, path).trim() : await shapesOf(path)
  expect(shapes).toBe(
    "{'b': ((12, 16), '<f4'), 'cotangent': ((6, 16), '<f4'), 's': ((6, 16, 16), '<f4'), " +
      "'w': ((12, 16, 16), '<f4'), 'x0': ((6, 16), '<f4')}",
  )
})

journey('a network too large for the page is refused in words', async ({ open }) => {
  const page = await open('#depth=300&width=512&batch=2&engine=wasm')
  await page.locator('.curve').first().waitFor({ state: 'attached', timeout: 60_000 })
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('button', { name: 'Network (.npz)' }).click()
  await page.getByText('the page writes up to 256 MB').waitFor()
})

/** Every statistic of every layer of the run on show, in the order of its CSV. */
async function measured(page: Page): Promise<readonly number[]> {
  const text = await readFile((await saved(page, 'Whole run as CSV')).path, 'utf8')
  const rows = text.split('\n').filter((line) => /^\d/.test(line))
  return rows.map((row) => Number(row.slice(row.lastIndexOf(',') + 1).replace(/^$/, 'NaN')))
}

journey(
  'a saved network opened again gives the same numbers under other laws',
  async ({ open }) => {
    const page = await open(STATE)
    await settled(page)
    const { path } = await saved(page, 'Network (.npz)')
    const mine = await measured(page)
    const other = await open(`${OTHER_LAWS}&seed=7&act=relu&norm=batch`)
    await settled(other)
    await choose(other, 'mine.npz', await readFile(path))
    await other.getByText('Weights from mine.npz (12 layers of 16 units).').waitFor()
    await other.getByText('Inputs from mine.npz (6 samples of 16 units).').waitFor()
    await settled(other)
    const theirs = await measured(other)
    expect(mine).toHaveLength(13 * statisticIds.length)
    const gaps = mine.map((v, i) => (Object.is(v, theirs[i]) ? 0 : Math.abs(v - theirs[i]!)))
    expect(Math.max(...gaps)).toBeLessThan(GIVEN_SAME)
  },
)

journey('a file is set aside, fitted, removed, and named where it matters', async ({ open }) => {
  const page = await open('#depth=5&width=4&batch=3&act=tanh')
  await settled(page)
  const rows = Buffer.from('a,b,c,d\n1,2,3,4\n2,3,4,5\n9,0,1,1\n4,4,4,1\n')
  await choose(page, 'rows.csv', rows)
  await page.getByText('Inputs from rows.csv (4 samples of 4 units).').waitFor()
  expect(await page.getByLabel('Inputs', { exact: true }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByText('The link cannot hold the inputs from rows.csv').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('textbox', { name: 'Batch (samples)' }).fill('8')
  await page.keyboard.press('Enter')
  await page.getByText('Inputs from rows.csv are set aside').waitFor()
  await page.getByRole('button', { name: 'Use the size of rows.csv' }).click()
  await page.getByText('Inputs from rows.csv (4 samples of 4 units).').waitFor()
  await page.getByRole('button', { name: 'Remove the inputs of rows.csv' }).click()
  await page.getByRole('list', { name: 'Files' }).waitFor({ state: 'detached' })
  await settled(page)
})

journey('what is wrong with a file is said in the dialog', async ({ open }) => {
  const page = await open('#depth=5&width=4')
  await settled(page)
  const dialog = await chooseByKeyboard(page, 'rows.csv', Buffer.from('1,2\n3,oops\n'))
  const words = 'rows.csv: line 2, column 2: must be a finite number, got "oops"'
  await dialog.getByText(words).waitFor()
  expect(await violations(page)).toEqual([])
})

journey('a file dropped anywhere on the page is opened', async ({ open }) => {
  const page = await open('#depth=5&width=4&batch=3')
  await settled(page)
  const drop = (name: string, text: string) =>
    page.evaluate(
      ([name, text]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([text!], name!))
        const at = { dataTransfer, bubbles: true, cancelable: true }
        document.body.dispatchEvent(new DragEvent('dragover', at))
        document.body.dispatchEvent(new DragEvent('drop', at))
      },
      [name, text],
    )
  await drop('bad.txt', '1 2\n3\n')
  await page.getByText('bad.txt: line 2: must have 2 numbers like the first row, got 1').waitFor()
  await drop('good.txt', '1 2\n3 4\n')
  await page.getByText('Inputs from good.txt (2 samples of 2 units).').waitFor()
  await settled(page)
  expect(await violations(page)).toEqual([])
})
