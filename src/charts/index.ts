import type { Chart } from './chart.ts'

const found = import.meta.glob<Chart>('./*.chart.tsx', { eager: true, import: 'default' })

/** All charts of this folder, in their order on the page. */
export const charts: readonly Chart[] = Object.values(found).sort((p, q) => p.order - q.order)
