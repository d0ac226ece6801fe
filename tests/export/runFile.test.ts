import { expect, test } from 'vitest'
import { reportJson } from '../../src/export/json.ts'
import { runCsv, runJson } from '../../src/export/runFile.ts'
import { statisticIds } from '../../src/engine/statistics.ts'
import { defaultConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { run } from '../engine/run.ts'
import { provenance } from './provenance.ts'

const small = { depth: 3, width: 6, batch: 4 }
const noTheory = { rows: {}, gradientGrowth: null, gscGrowth: null }

test('runJson is what the command line prints, plus where it comes from', async () => {
  const result = await run(small, { spectra: [3] })
  const network = resolveNetwork({ ...defaultConfig, ...small })
  const { spectra } = result
  const report = { network, engine: 'reference', result, spectra, theory: noTheory }
  const parsed = JSON.parse(runJson(report, provenance)) as Record<string, unknown>
  const { program, version, link, ...rest } = parsed
  expect([program, version, link]).toEqual(['Depthscope', '1.2.3', provenance.link])
  expect(rest).toEqual(JSON.parse(JSON.stringify(reportJson(report))))
})

test('runCsv has a row for every statistic and layer of one network', async () => {
  const { rows } = await run(small)
  const lines = runCsv({ rows, bands: null, seed: 5 }, provenance).trimEnd().split('\n')
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(3)
  expect(lines[3]).toBe('seed,layer,statistic,value')
  expect(lines.slice(4)).toHaveLength(statisticIds.length * 4)
  expect(lines).toContain(`5,2,mean_cosine,${rows.mean_cosine[2]!}`)
  expect(lines).toContain('5,0,sign_diversity,')
})

test('runCsv over several seeds says median, p10 and p90', async () => {
  const { rows, bands } = await run({ ...small, seeds: 3 })
  const lines = runCsv({ rows, bands, seed: 5 }, provenance).split('\n')
  expect(lines).toContain(`median,1,mean_cosine,${rows.mean_cosine[1]!}`)
  expect(lines).toContain(`p10,1,mean_cosine,${bands!.mean_cosine.low[1]!}`)
  expect(lines).toContain(`p90,1,mean_cosine,${bands!.mean_cosine.high[1]!}`)
})
