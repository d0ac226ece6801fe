import { activations } from '../../model/activations.ts'
import { numpyActivations } from './activationText.ts'
import { type Line, lines } from './pythonText.ts'
import { layerArgument, type Traits } from './traits.ts'

const SCALED = `class Scaled:
    """The array 2**e x with entries of x of order one: no depth takes it out of float64's range."""

    def __init__(self, x, e=0):
        size = np.abs(x).max()
        shift = int(np.frexp(size)[1])
        self.x = np.ldexp(x, -shift)
        self.e = e + shift if size > 0 else -(10**9)  # zero is below every scale

    @property
    def T(self):
        return Scaled(self.x.T, self.e)

    def __add__(self, other):
        other = as_scaled(other)
        e = max(self.e, other.e)
        return Scaled(np.ldexp(self.x, self.e - e) + np.ldexp(other.x, other.e - e), e)

    def __mul__(self, other):
        other = as_scaled(other)
        return Scaled(self.x * other.x, self.e + other.e)

    def __matmul__(self, other):
        other = as_scaled(other)
        return Scaled(self.x @ other.x, self.e + other.e)


def as_scaled(array):
    return array if isinstance(array, Scaled) else Scaled(array)`

/** `a phi(g z) + b` and the like: factors only where they are not 1. */
const gainOf = ({ hasGain }: Traits) => (hasGain ? 'gain(layer) * ' : '')

function gainLines({ hasGain }: Traits): string {
  return lines(
    hasGain && 'def gain(layer):',
    hasGain && '    return GAIN * float(layer) ** -GAIN_DECAY\n\n',
  )
}

/** What is left of the scale once phi is its own asymptote, by which of its ends are straight lines. */
function carriedScale({ config }: Traits): string {
  const { grows, vanishes } = activations[config.act]
  if (grows && vanishes) return 'z.e - inside'
  if (grows) return 'max(z.e - inside, 0)'
  return vanishes ? 'min(z.e - inside, 0)' : '0'
}

/** Without a normalization z comes in any scale; behind one it is of order one. */
function activationFunctions(traits: Traits): string {
  const { axis, hasConstants } = traits
  const at = layerArgument(traits)
  const [a, b] = hasConstants ? [' * A', ' + B'] : ['', '']
  if (axis !== 'none')
    return lines(
      `def activation(z${at}):`,
      `    return Scaled(phi(${gainOf(traits)}z))${a}${b}`,
      '',
      '',
      `def slopes(z${at}):`,
      '    """The derivative of the activation at z."""',
      `    return ${[hasConstants && 'A', traits.hasGain && 'gain(layer)', `dphi(${gainOf(traits)}z)`].filter(Boolean).join(' * ')}`,
    )
  return lines(
    '# Beyond 2**+-200 phi is its own asymptote: it is evaluated there, what is left of the scale is',
    '# carried along.',
    'LIMIT = 200',
    '',
    '',
    `def activation(z${at}):`,
    '    inside = min(max(z.e, -LIMIT), LIMIT)',
    `    y = phi(${gainOf(traits)}np.ldexp(z.x, inside))`,
    `    return Scaled(y, ${carriedScale(traits)})${a}${b}`,
    '',
    '',
    `def slopes(z${at}):`,
    '    """The derivative of the activation at z."""',
    '    inside = min(max(z.e, -LIMIT), LIMIT)',
    `    return ${[hasConstants && 'A', traits.hasGain && 'gain(layer)', `dphi(${gainOf(traits)}np.ldexp(z.x, inside))`].filter(Boolean).join(' * ')}`,
  )
}

function activationSection(traits: Traits): string {
  const { before, phi, dphi } = numpyActivations[traits.config.act]
  const parts = [
    before,
    `def phi(z):\n    return ${phi}`,
    `def dphi(z):\n    return ${dphi}`,
    gainLines(traits).trimEnd(),
    activationFunctions(traits),
  ]
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n\n')
}

/** What a normalization acts on, in words. */
const groupWords = ({ axis }: Traits) =>
  axis === 'batch' ? 'every unit over the samples' : 'every sample over its units'

function normalizeFunction(traits: Traits): string {
  const { axis, centred } = traits
  const over = `axis=${axis === 'batch' ? 0 : 1}, keepdims=True`
  return lines(
    'def normalize(h):',
    `    """Z and 1 / sigma, ${groupWords(traits)}; what does not vary at all stays zero."""`,
    centred ? `    centred = h.x - h.x.mean(${over})` : '    centred = h.x',
    `    variance = np.mean(centred**2, ${over})`,
    `    varies = variance > 1e-13**2 * np.mean(h.x**2, ${over})`,
    '    inverse = varies / np.sqrt(np.where(varies, variance, 1))',
    '    return centred * inverse, Scaled(inverse, -h.e)',
  )
}

function normalizeBackwardFunction({ axis, centred, isPair }: Traits): string {
  const over = `axis=${axis === 'batch' ? 0 : 1}, keepdims=True`
  if (isPair)
    return lines(
      'def normalize_backward(g, z, inverse):',
      '    """Exactly zero: two numbers are normalized to +1 and -1 whatever they are."""',
      '    return Scaled(np.zeros_like(g.x))',
    )
  const mean = centred ? ` - g.x.mean(${over})` : ''
  return lines(
    'def normalize_backward(g, z, inverse):',
    `    """d loss / d H from g = d loss / d Z: (g${centred ? ' - mean(g)' : ''} - z mean(g z)) / sigma."""`,
    `    inner = g.x${mean} - z * np.mean(g.x * z, ${over})`,
    '    return Scaled(inner, g.e) * inverse',
  )
}

function blindFunction({ axis, centred, isPair }: Traits): string | undefined {
  if (axis !== 'feature') return undefined
  const directions = centred
    ? '[z / np.sqrt(WIDTH), np.full(WIDTH, WIDTH**-0.5)]'
    : '[z / np.sqrt(WIDTH)]'
  const what = centred ? 'the size and the mean of its input' : 'the size of its input'
  return lines(
    'def without_blind_directions(w, z):',
    `    """w without what is lost on the normalization: ${what}."""`,
    isPair && '    return np.zeros_like(w)  # nothing is left of two dimensions',
    !isPair && `    for u in ${directions}:`,
    !isPair && '        w = w - np.outer(u, u @ w)',
    !isPair && '    return w',
  )
}

const MIRRORED = `def times_weight(x, w):
    """x W^T for W = [[o, -o], [-o, o]]: what cancels between its halves cancels exactly."""
    half = WIDTH // 2
    y = (x.x[:, :half] - x.x[:, half:]) @ w[:half, :half].T
    return Scaled(np.hstack([y, -y]), x.e)`

/** The linear map of a layer. */
function linearMap({ config, hasBias }: Traits, x: string): string {
  const w = 'network.weight(layer)'
  const product = config.init === 'looks_linear' ? `times_weight(${x}, ${w})` : `${x} @ ${w}.T`
  return hasBias ? `${product} + network.bias(layer)` : product
}

function forwardFunction(traits: Traits): string {
  const { axis, isPreactivation } = traits
  const at = layerArgument(traits)
  const isNormalized = axis !== 'none'
  const norm = isNormalized ? '    z, inverse = normalize(h)' : false
  const z = isNormalized ? 'z' : 'h'
  const returned = isNormalized ? 'h, z, inverse, y' : 'h, y'
  const head = [
    'def branch(network, x, layer):',
    `    """H (what ${isNormalized ? 'is normalized' : 'enters phi'}), ${isNormalized ? 'Z (what enters phi), 1 / sigma, ' : ''}and Y of a layer with the input x."""`,
  ]
  if (isPreactivation)
    return lines(
      ...head,
      '    h = x',
      norm,
      `    y = ${linearMap(traits, `activation(${z}${at})`)}`,
      `    return ${returned}`,
    )
  return lines(
    ...head,
    `    h = ${linearMap(traits, 'x')}`,
    norm,
    `    y = activation(${z}${at})`,
    `    return ${returned}`,
  )
}

function backwardFunction(traits: Traits): string {
  const { axis, isPreactivation } = traits
  const at = layerArgument(traits)
  const isNormalized = axis !== 'none'
  const z = isNormalized ? 'z' : 'h'
  const unpacked = isNormalized ? 'h, z, inverse, _' : 'h, _'
  const throughNorm = isNormalized && '    g = normalize_backward(g, z, inverse)'
  const head = [
    'def branch_backward(network, x, layer, g):',
    '    """d loss / d X_{l-1} and d loss / d W_l from g = d loss / d Y_l; the layer is run again."""',
    `    ${unpacked} = branch(network, x, layer)`,
  ]
  if (isPreactivation)
    return lines(
      ...head,
      `    dw = g.T @ activation(${z}${at})`,
      `    g = (g @ network.weight(layer)) * slopes(${z}${at})`,
      throughNorm,
      '    return g, dw',
    )
  return lines(
    ...head,
    `    g = g * slopes(${z}${at})`,
    throughNorm,
    '    return g @ network.weight(layer), g.T @ x',
  )
}

/** A matrix text of the Jacobian with the slope of the normalization put to it. */
function normalizedLines(traits: Traits, matrix: string, seen: string): readonly Line[] {
  if (traits.axis === 'none') return [`    return Scaled(${matrix})`]
  if (traits.axis === 'batch')
    return [`    return Scaled(${matrix}) * inverse${traits.isPreactivation ? '' : '.T'}`]
  return [`    seen = ${seen}`, '    return Scaled(seen) * Scaled(inverse.x[0], inverse.e)']
}

/**
 * The Jacobian of sample 0, by order and normalization: d y / d x in the default order; in the other one
 * without W, which the product of all layers takes as a factor of its own (its digits would not survive
 * the saturated units that stand to its right).
 */
function jacobianFunction(traits: Traits): string {
  const { axis, isPreactivation } = traits
  const [z, given] = axis === 'none' ? ['h', 'h'] : ['z', 'z, inverse']
  const held = axis === 'batch' ? '; batch statistics held fixed' : ''
  const slopes = `slopes(${z}${layerArgument(traits)})[0]`
  if (isPreactivation)
    return lines(
      `def inner_jacobian(layer, ${given}):`,
      `    """d phi(Z_l) / d X_{l-1} of sample 0, [WIDTH, WIDTH]${held}."""`,
      `    d = np.diag(${slopes})`,
      ...normalizedLines(traits, 'd', 'without_blind_directions(d, z[0]).T'),
    )
  const w = 'network.weight(layer)'
  return lines(
    `def jacobian(network, layer, ${given}):`,
    `    """d Y_l / d X_{l-1} of sample 0, [WIDTH, WIDTH]${held}."""`,
    `    d = ${slopes}[:, None]`,
    ...normalizedLines(traits, `d * ${w}`, `d * without_blind_directions(${w}, z[0])`),
  )
}

/** The layer itself, forward, backward and its Jacobian, as explicit formulas. */
export function numpyLayerSection(traits: Traits): string {
  const isNormalized = traits.axis !== 'none'
  const parts = [
    SCALED,
    activationSection(traits),
    isNormalized ? normalizeFunction(traits) : undefined,
    isNormalized ? normalizeBackwardFunction(traits) : undefined,
    traits.config.init === 'looks_linear' ? MIRRORED : undefined,
    forwardFunction(traits),
    backwardFunction(traits),
    blindFunction(traits),
    jacobianFunction(traits),
  ]
  return parts.filter((part) => part !== undefined).join('\n\n\n')
}
