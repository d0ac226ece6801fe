import { type NetworkKey, networkKeys } from '../../model/config.ts'
import { type Hideable, pageParts, type View } from '../../state/fields.ts'

/** What becomes of a setting on the page that a link opens. */
export const accesses = ['open', 'locked', 'hidden'] as const
export type Access = (typeof accesses)[number]

/** What a link for others says beside what is on show. */
export interface ClassLink {
  readonly access: Readonly<Partial<Record<NetworkKey, Access>>>
  readonly hiddenParts: readonly Hideable[]
  /** The charts on show; all where there are none. */
  readonly charts: readonly string[]
  readonly lesson: string | null
  readonly plays: boolean
}

/** Starts from what the present link says. */
export function classLinkOf({ hide, lock, charts, lesson, play }: View): ClassLink {
  const access = networkKeys.flatMap((key): readonly (readonly [NetworkKey, Access])[] => {
    if (hide.includes(key)) return [[key, 'hidden']]
    return lock.includes(key) ? [[key, 'locked']] : []
  })
  return {
    access: Object.fromEntries(access),
    hiddenParts: pageParts.filter((part) => hide.includes(part)),
    charts,
    lesson,
    plays: play === 1,
  }
}

/** The view that the link opens with. A hidden setting is locked too: nothing on the page moves it unseen. */
export function viewOf(link: ClassLink, present: View): Partial<View> {
  const { access, hiddenParts, charts, lesson, plays } = link
  const keysWith = (...wanted: readonly Access[]) =>
    networkKeys.filter((key) => wanted.includes(access[key] ?? 'open'))
  return {
    hide: [...hiddenParts, ...keysWith('hidden')],
    lock: keysWith('locked', 'hidden'),
    charts,
    lesson,
    step: lesson === present.lesson ? present.step : 1,
    play: plays ? 1 : 0,
    embed: 0,
  }
}
