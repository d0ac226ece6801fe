import type { Lesson } from './lesson.ts'

/** What the menu knows of a lesson; its words are fetched when it is opened. */
export interface LessonEntry {
  readonly title: string
  /** One sentence: what it is about. */
  readonly about: string
  readonly minutes: number
  readonly load: () => Promise<Lesson>
}

const table = {
  gain: {
    title: 'Why gradients vanish and explode',
    about: 'One layer multiplies by a little; a hundred layers multiply a hundred times.',
    minutes: 8,
    load: async () => (await import('./gain.ts')).gain,
  },
  chaos: {
    title: 'The edge of chaos',
    about: 'Order, chaos, and the narrow border on which signals travel far.',
    minutes: 10,
    load: async () => (await import('./chaos.ts')).chaos,
  },
  norms: {
    title: 'Keeping the size both ways',
    about: 'An activation and weights that keep signal and gradient, and why width must grow.',
    minutes: 10,
    load: async () => (await import('./norms.ts')).norms,
  },
  'batch-norm': {
    title: 'The hidden price of batch norm',
    about: 'A perfect signal, an exploding gradient, and three ways around it.',
    minutes: 10,
    load: async () => (await import('./batchNorm.ts')).batchNorm,
  },
  filters: {
    title: 'Filters and skips',
    about: 'Pass most of the input on, add a little: 50,000 layers, and a network in time.',
    minutes: 10,
    load: async () => (await import('./filters.ts')).filters,
  },
  collapse: {
    title: 'Explode, collapse, or start out straight',
    about: 'Gradients measured against signals, collapsing domains, and the residual trick.',
    minutes: 12,
    load: async () => (await import('./collapse.ts')).collapse,
  },
} satisfies Record<string, LessonEntry>

export type LessonId = keyof typeof table
/** TABLE: the lessons, in the order to take them. */
export const lessons: Readonly<Record<LessonId, LessonEntry>> = table
export const lessonIds = Object.keys(table) as readonly LessonId[]

export const isLessonId = (name: string): name is LessonId => Object.hasOwn(table, name)
