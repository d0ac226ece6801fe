import { activations } from '../../model/activations.ts'
import { isPresetChanged } from '../../state/actions.ts'
import type { LinkState } from '../../state/fields.ts'
import { presets } from '../../state/presets.ts'

/** What a link shows, in a few words. */
export function captionOf({ network, view }: LinkState): string {
  if (view.preset !== null && !isPresetChanged(network, view.preset))
    return `Depthscope: ${presets[view.preset].title}`
  const norm = network.norm === 'none' ? '' : ` and ${network.norm.replaceAll('_', ' ')} norm`
  return `Depthscope: ${activations[network.act].label}${norm}, ${network.depth} layers`
}
