import { installDebianPackages } from '../debianPackages.ts'
import { missingPython } from './python.ts'

/** What the unit tests compare with, installed where it is missing and can be had; they are skipped otherwise. */
export default function setup(): void {
  const missing = missingPython()
  if (missing === undefined) return
  process.stdout.write(`${missing}: installing it.\n`)
  if (!installDebianPackages('python3', 'python3-numpy', 'python3-mpmath'))
    process.stderr.write(`${missing}, and cannot be here: what it would recompute is skipped.\n`)
}
