/** Which panels of the page are on show, as the link's list of names says it: empty stands for all, in their order. */

/** What a list comes to: its names that there are, in its order; all where there is none. */
export function chosenPanels(
  names: readonly string[],
  known: readonly string[],
): readonly string[] {
  const chosen = names.filter((name) => known.includes(name))
  return chosen.length > 0 ? chosen : known
}

/** The list for a choice; the shortest way to say it. */
function listOf(chosen: readonly string[], known: readonly string[]): readonly string[] {
  const isAll = chosen.length === known.length && chosen.every((name, i) => name === known[i])
  return isAll ? [] : chosen
}

/** Shows what is hidden, at the end; hides what is shown, unless it is the last. */
export function togglePanel(
  chosen: readonly string[],
  known: readonly string[],
  name: string,
): readonly string[] {
  const rest = chosen.filter((other) => other !== name)
  const next = rest.length < chosen.length ? rest : [...chosen, name]
  return listOf(next.length > 0 ? next : chosen, known)
}

/** Exchanges a panel and the one before it. */
export function advancePanel(
  chosen: readonly string[],
  known: readonly string[],
  name: string,
): readonly string[] {
  const at = chosen.indexOf(name)
  if (at < 1) return listOf(chosen, known)
  const next = [...chosen.slice(0, at - 1), name, ...chosen.slice(at - 1).filter((n) => n !== name)]
  return listOf(next, known)
}

/** The panel that is there while the link has a sweep: by itself, or by name among others. */
export const SWEEP_PANEL = 'sweep'

export function withSweepPanel(names: readonly string[]): readonly string[] {
  return names.length === 0 || names.includes(SWEEP_PANEL) ? names : [SWEEP_PANEL, ...names]
}

export const withoutSweepPanel = (names: readonly string[]): readonly string[] =>
  names.filter((name) => name !== SWEEP_PANEL)
