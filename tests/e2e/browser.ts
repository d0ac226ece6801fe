// A Chromium to test the page in: one that is there, or one that can be had.

import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { installDebianPackages, isRoot, succeeds } from '../debianPackages.ts'

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

function installPackage(): boolean {
  console.log('No browser found: installing the package chromium, where that can be done.')
  return installDebianPackages('chromium', 'fonts-dejavu-core')
}

function fetchWithPlaywright(): boolean {
  console.log('No browser found: asking Playwright to fetch Chromium.')
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  return succeeds(process.execPath, join(folder, 'cli.js'), 'install', 'chromium')
}

export const NO_BROWSER =
  'No browser to test the page in: install Chromium or Chrome (Debian, Ubuntu: apt-get install chromium) ' +
  'or set CHROME_PATH to the program.'

/** The program to run; undefined where there is none and none can be had. */
export function obtainBrowser(): string | undefined {
  const found = findBrowser()
  if (found !== undefined) return found
  return installPackage() || fetchWithPlaywright() ? findBrowser() : undefined
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
