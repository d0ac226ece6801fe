import type { Input } from '../kernel.ts'

/** What kernels read, by the names they know it under. */
export const weights: Input = { name: 'weights', components: 1 }
export const weightFours: Input = { name: 'weights', components: 4 }
export const gains: Input = { name: 'gains', components: 1 }
export const arena: Input = { name: 'arena', components: 1 }
export const reflections: Input = { name: 'reflections', components: 1 }
export const source: Input = { name: 'source', components: 1 }
