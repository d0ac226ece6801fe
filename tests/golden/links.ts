import { readFileSync } from 'node:fs'
import { defaultView, type View } from '../../src/state/fields.ts'
import { openLink } from '../../src/state/url.ts'

/** What a link gives: the whole network, what of the view differs from its default, and the kinds of notices. */
export function meaningOf(link: string) {
  const { state, notices } = openLink(link)
  const keys = Object.keys(defaultView) as (keyof View)[]
  const view = keys.flatMap((key) =>
    JSON.stringify(state.view[key]) === JSON.stringify(defaultView[key])
      ? []
      : [[key, state.view[key]] as const],
  )
  return {
    network: state.network,
    view: Object.fromEntries(view),
    notices: notices.map(({ kind, key }) => `${kind} ${key}`),
  }
}

/** The golden links: a link, a blank, and what it must give for ever. */
export function goldenLinks(): readonly (readonly [string, unknown])[] {
  const text = readFileSync(new URL('links.txt', import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('//'))
    .map((line) => {
      const at = line.indexOf(' ')
      return [line.slice(0, at), JSON.parse(line.slice(at + 1))] as const
    })
}
