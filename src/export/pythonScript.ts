import type { Network } from '../model/network.ts'
import { type Flavour, headSection } from './python/headSection.ts'
import { mainSection } from './python/mainSection.ts'
import { networkSection } from './python/networkSection.ts'
import { numpyLayerSection } from './python/numpyLayerSection.ts'
import { numpyRunSection } from './python/numpyRunSection.ts'
import { randomSection } from './python/randomSection.ts'
import { SPECTRUM } from './python/spectrumSection.ts'
import { torchLayerSection, torchRunSection } from './python/torchSection.ts'
import { statisticsSection } from './python/statisticsSection.ts'
import { traitsOf } from './python/traits.ts'
import type { Provenance } from './provenance.ts'

export interface PythonScriptOptions {
  /** The network, resolved from its config. */
  readonly network: Network
  readonly link: string
  readonly version: string
  readonly flavour: Flavour
}

/**
 * A Python script that computes what the page shows of one network, on its own: it draws the network from
 * the seed (or reads the exported .npz), runs it forward and backward, and prints the statistics of
 * contract section 3 as JSON. Only what the configuration needs is in it.
 */
export function pythonScript({ network, link, version, flavour }: PythonScriptOptions): string {
  const traits = traitsOf(network)
  const provenance: Provenance = { link, version, config: network.config }
  const isTorch = flavour === 'torch'
  const sections = [
    headSection(traits, provenance, flavour),
    randomSection(traits),
    networkSection(traits),
    isTorch ? torchLayerSection(traits) : numpyLayerSection(traits),
    statisticsSection(traits),
    SPECTRUM,
    isTorch ? torchRunSection(traits) : numpyRunSection(traits),
    mainSection(traits),
  ]
  return `${sections.join('\n\n\n')}\n`
}
