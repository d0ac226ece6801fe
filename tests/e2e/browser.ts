// A Chromium to test the page in: one that is there, or one that can be had.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Where the installers of macOS and Windows put it. */
function usualPlaces(): readonly string[] {
  const { ProgramFiles = '', LOCALAPPDATA = '', HOME = '' } = process.env
  const x86 = process.env['ProgramFiles(x86)'] ?? ''
  const macOs = ['', HOME].flatMap((home) =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
      join(home, `/Applications/${name}.app/Contents/MacOS/${name}`),
    ),
  )
  const windows = [ProgramFiles, x86, LOCALAPPDATA]
    .filter((folder) => folder !== '')
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ])
  return process.platform === 'win32' ? windows : macOs
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The browser that CHROME_PATH names, else the system's, else the one that Playwright has fetched. */
function findBrowser(): string | undefined {
  const { CHROME_PATH, PATH = '' } = process.env
  if (CHROME_PATH) return CHROME_PATH
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...onPath, ...usualPlaces(), chromium.executablePath()].find(canRun)
}

const isRoot = process.getuid?.() === 0

const run = (program: string, ...words: readonly string[]) =>
  spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0

function installDebianPackage(): boolean {
  if (!isRoot || !existsSync('/etc/debian_version')) return false
  console.log('No browser found: installing the package chromium.')
  process.env['DEBIAN_FRONTEND'] = 'noninteractive'
  const install = [
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    'chromium',
    'fonts-dejavu-core',
  ]
  return run('apt-get', 'update', '-qq') && run('apt-get', ...install)
}

function fetchWithPlaywright(): boolean {
  console.log('No browser found: asking Playwright to fetch Chromium.')
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  return run(process.execPath, join(folder, 'cli.js'), 'install', 'chromium')
}

export const NO_BROWSER =
  'No browser to test the page in: install Chromium or Chrome (Debian, Ubuntu: apt-get install chromium) ' +
  'or set CHROME_PATH to the program.'

/** The program to run; undefined where there is none and none can be had. */
export function obtainBrowser(): string | undefined {
  const found = findBrowser()
  if (found !== undefined) return found
  return installDebianPackage() || fetchWithPlaywright() ? findBrowser() : undefined
}

/** With `gpu`, WebGPU works, computed by the processor: right, not fast. */
export function launch(executablePath: string, { gpu = false } = {}): Promise<Browser> {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const webgpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
  const args = [...quiet, ...(gpu ? webgpu : [])]
  return chromium.launch({ executablePath, args, chromiumSandbox: !isRoot })
}
