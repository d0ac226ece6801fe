import type { LinkState } from '../state/fields.ts'
import { encodeLink } from '../state/url.ts'

/** The address of the page with nothing behind it. */
const pageAddress = () => window.location.href.replace(/#.*$/s, '')

/** The link that opens the page at a state. */
export const pageLink = (state: LinkState): string => `${pageAddress()}#${encodeLink(state)}`

/** The same state with its view changed. */
export const withView = ({ network, view }: LinkState, changes: Partial<LinkState['view']>) => ({
  network,
  view: { ...view, ...changes },
})
