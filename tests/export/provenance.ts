import { defaultConfig } from '../../src/model/config.ts'
import type { Provenance } from '../../src/export/provenance.ts'

export const provenance: Provenance = {
  link: 'https://example.org/#act=relu&depth=100',
  version: '1.2.3',
  config: { ...defaultConfig, act: 'relu', depth: 100 },
}
