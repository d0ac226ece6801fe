/** Parts of every kernel that measures. */
export const measureParts: readonly string[] = ['scale', 'layout', 'reduce', 'partials']
