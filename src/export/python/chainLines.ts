import { indented } from './pythonText.ts'
import { filterCall, type Traits } from './traits.ts'

/** How a flavour of the script writes the parts of d x_l / d x_0. */
export interface ChainWords {
  /** d y / d x of a layer, or d phi(z) / d x in the pre-activation order. */
  readonly own: string
  /** W of the layer as a factor from the left. */
  readonly weight: string
  /** The product after one more matrix. */
  readonly after: (matrix: string) => string
  /** alpha S + beta P for given texts of S and P. */
  readonly sum: (s: string, inside: string) => string
}

const found = (product: string) => [
  'if layer in spectra:',
  `    found.append((layer, ${product}.log10_singular_values()))`,
]

function chain(traits: Traits, { own, weight, after, sum }: ChainWords): readonly string[] {
  const { filter, isPreactivation, config } = traits
  if (filter === 'absent') {
    // W is a factor of its own: its digits would not survive the saturated units to its right.
    const rest = isPreactivation ? '.after(network.weight(layer))' : ''
    return [`j = ${own}`, `product = ${after('j')}${rest}`, ...found('product')]
  }
  const whole = isPreactivation ? `${weight} @ ${own}` : own
  const s = filter === 'orthogonal' ? filterCall(traits) : 'np.eye(WIDTH)'
  const absorbed = [`j = ${sum(s, 'inside')}`, `product = ${after('j')}`]
  if (config.branch === 1) return [`inside = ${whole}`, ...absorbed, ...found('product')]
  return [
    `j = ${whole}`,
    'inside = j if layer % BRANCH == 1 else j @ inside',
    `reached = ${after('inside')}`,
    'if layer % BRANCH == 0:',
    ...absorbed.map((line) => `    ${line}`),
    '    reached = product',
    ...found('reached'),
  ]
}

/** The lines before the forward loop that the chain starts from. */
export const chainStart = ({ filter, config }: Traits): readonly string[] => [
  '    found, last = [], max(spectra, default=0)',
  '    product = Product(np.eye(WIDTH), np.zeros(WIDTH), np.eye(WIDTH))',
  ...(filter !== 'absent' && config.branch > 1
    ? ['    inside = None  # the same from the start of the block on']
    : []),
  '    if 0 in spectra:',
  '        found.append((0, product.log10_singular_values()))',
]

/** The lines of the forward loop that follow d x_l / d x_0 and read its singular values. */
export const chainLines = (traits: Traits, words: ChainWords): readonly string[] => [
  '        if layer <= last:',
  indented(chain(traits, words).join('\n'), 12),
]
