import { createContext } from 'react'
import type { TableData } from './Table.tsx'

/** Reads the numbers behind the chart around it, for buttons in its head; nothing while there are none. */
export const FrameTable = createContext<() => TableData | undefined>(() => undefined)
