import type { ChartProps, LayerWeights, Measured } from '../../src/charts/chart.ts'
import { digitImages } from '../../src/engine/digitImages.ts'
import { loadDigits } from '../../src/engine/loadDigits.ts'
import { weightSpectrum } from '../../src/engine/weightSpectrum.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { inputs } from '../../src/model/inputs.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { closeUpsOf } from '../../src/state/closeUps.ts'
import { predictSpectra } from '../../src/theory/spectrumForecast.ts'
import { predictTrajectory } from '../../src/theory/trajectory.ts'
import { predictWeights } from '../../src/theory/weightLaw.ts'
import { publicUrl, run } from '../engine/run.ts'

/** What a chart is given of a network: measured by the reference engine, the same to the last digit everywhere. */
export async function measure(
  overrides: Partial<NetworkConfig>,
): Promise<Pick<ChartProps, 'measured' | 'theory' | 'theoryBands' | 'spectrumTheory' | 'weights'>> {
  const config = { ...defaultConfig, ...overrides }
  const network = resolveNetwork(config)
  const { rows, bands, summary, spectra, pictures } = await run(config, closeUpsOf(config))
  const needsDigits = inputs[config.data].needsDigits
  const images = needsDigits ? digitImages(await loadDigits(publicUrl), config) : undefined
  const measured: Measured = {
    network,
    depth: network.depth,
    rows,
    bands,
    spectra,
    hasOldSpectra: false,
    pictures,
    summary,
    images,
  }
  const start = { log10Rms: rows.log10_activation_rms[0]!, meanCosine: rows.mean_cosine[0]! }
  const layers = spectra.map(({ layer }) => layer)
  const spectrumTheory = predictSpectra(network, start, layers).filter((one) => one !== null)
  const { rows: theory, bands: theoryBands } = predictTrajectory(network, start)
  const weights = await weightsOf(config)
  return { measured, theory, theoryBands, spectrumTheory, weights }
}

/** Of the first layer. */
async function weightsOf(config: NetworkConfig): Promise<LayerWeights> {
  const request = { kind: 'weights', weightsId: 1, config, drawnLayer: 1 } as const
  const log10SingularValues = await weightSpectrum(request)
  return { layer: 1, spectrum: { log10SingularValues, theory: predictWeights(config) } }
}
