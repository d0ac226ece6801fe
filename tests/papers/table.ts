// What the papers report, what is predicted and what the engine measures: npm run papers
import { claims } from './claims.ts'

const cells = (values: readonly string[]) => {
  const widths = [18, 52, 34, 36, 12]
  return values.map((value, i) => value.padEnd(widths[i] ?? 0)).join(' ')
}

process.stdout.write(
  `${cells(['preset', 'quantity', 'reported', 'predicted', 'measured'])} verdict\n`,
)
for (const { preset, quantity, reported = '', predicted, measure, accepts } of claims) {
  const measured = await measure()
  const verdict = accepts(measured) ? 'as predicted' : 'DIFFERS'
  process.stdout.write(
    `${cells([preset, quantity, reported, predicted, measured.toPrecision(5)])} ${verdict}\n`,
  )
}
