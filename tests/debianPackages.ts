import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const isRoot = process.getuid?.() === 0

/** Runs a program in silence, but for its complaints. */
export const succeeds = (program: string, ...words: readonly string[]): boolean =>
  spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0

/** Installs packages where that needs nobody's approval, on Debian and Ubuntu as root; false where it cannot. */
export function installDebianPackages(...names: readonly string[]): boolean {
  if (!isRoot || !existsSync('/etc/debian_version')) return false
  process.env['DEBIAN_FRONTEND'] = 'noninteractive'
  return (
    succeeds('apt-get', 'update', '-qq') &&
    succeeds('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names)
  )
}
