import { torchActivations } from './activationText.ts'
import { chainLines, chainStart, type ChainWords } from './chainLines.ts'
import { lines } from './pythonText.ts'
import { filterCall, layerArgument, type Traits } from './traits.ts'

/** Layers that one step of autograd spans: those of a block where blocks are mixed. */
const blockOf = ({ filter, config }: Traits) => (filter === 'absent' ? 1 : config.branch)

function activationFunctions(traits: Traits): string {
  const { config, hasGain, hasConstants } = traits
  const argument = hasGain ? 'gain(layer) * z' : 'z'
  const body = hasConstants ? `A * phi(${argument}) + B` : `phi(${argument})`
  const parts = [
    `def phi(z):\n    return ${torchActivations[config.act]}`,
    ...(hasGain ? ['def gain(layer):\n    return GAIN * float(layer) ** -GAIN_DECAY'] : []),
    `def activation(z${layerArgument(traits)}):\n    return ${body}`,
  ]
  return parts.join('\n\n\n')
}

function normalizationFunctions({ axis, centred, isPair }: Traits): string {
  const over = `dim=${axis === 'batch' ? 0 : -1}, keepdim=True`
  const words = axis === 'batch' ? 'every unit over the samples' : 'every sample over its units'
  const moments = lines(
    'def moments(h):',
    `    """Mean and 1 / sigma, ${words}; 0 for what does not vary at all."""`,
    `    mean = ${centred ? `h.mean(${over})` : `torch.zeros_like(h.mean(${over}))`}`,
    `    variance = (h - mean).square().mean(${over})`,
    `    varies = variance > 1e-13**2 * h.square().mean(${over})`,
    '    inverse = torch.where(varies, variance, 1.0).rsqrt()',
    '    return mean, torch.where(varies, inverse, 0.0)',
  )
  const pair = lines(
    'def normalize(h):',
    '    """Two numbers are normalized to +1 and -1 whatever they are: no gradient passes."""',
    '    mean, inverse = moments(h)',
    '    return torch.sign(h - mean) * (inverse > 0)',
  )
  const plain = lines(
    'def normalize(h):',
    '    mean, inverse = moments(h)',
    '    return (h - mean) * inverse',
  )
  return `${moments}\n\n\n${isPair ? pair : plain}`
}

/** The linear map of a layer, written for `x`. */
const linearMap = ({ hasBias }: Traits, x: string) =>
  `${x} @ w.T${hasBias ? ' + torch.from_numpy(network.bias(layer))' : ''}`

function stepFunction(traits: Traits): string {
  const { axis, isPreactivation, filter, config } = traits
  const at = layerArgument(traits)
  const z = axis === 'none' ? 'h' : 'normalize(h)'
  const back = config.branch === 1 ? 'signals[-1]' : 'signals[-BRANCH]'
  const kept =
    filter === 'orthogonal' ? `(${back} @ torch.from_numpy(${filterCall(traits)}).T)` : back
  const mixed = `x = ALPHA * ${kept} + BETA * x`
  return lines(
    'def step(network, signals, layer, w):',
    '    """H, Z and X of a layer, from the signals before it."""',
    `    h = ${isPreactivation ? 'signals[-1]' : linearMap(traits, 'signals[-1]')}`,
    `    z = ${z}`,
    `    x = ${isPreactivation ? linearMap(traits, `activation(z${at})`) : `activation(z${at})`}`,
    filter !== 'absent' && config.branch > 1 && '    if layer % BRANCH == 0:',
    filter !== 'absent' && `${config.branch > 1 ? '        ' : '    '}${mixed}`,
    '    return h, z, x',
  )
}

/** d y / d x of sample 0; without W in the pre-activation order, where it is a factor of its own. */
function jacobianFunction(traits: Traits): string {
  const { axis, isPreactivation } = traits
  const at = layerArgument(traits)
  const held = axis === 'batch' ? '; batch statistics held fixed' : ''
  const what = isPreactivation ? 'd phi(Z_l) / d X_{l-1}' : 'd Y_l / d X_{l-1}'
  const h = (x: string) => (isPreactivation ? x : linearMap(traits, x))
  const z = { none: 'h', batch: '(h - mean[0]) * inverse[0]', feature: 'normalize(h)' }[axis]
  return lines(
    'def jacobian(network, x, layer):',
    `    """${what} of sample 0, [WIDTH, WIDTH]${held}."""`,
    !isPreactivation && '    w = torch.from_numpy(network.weight(layer))',
    axis === 'batch' && `    mean, inverse = moments(${h('x')})`,
    '',
    '    def alone(sample):',
    `        h = ${h('sample')}`,
    `        return activation(${z}${at})`,
    '',
    '    return torch.func.jacrev(alone)(x[0]).numpy()',
  )
}

/** The layer itself in PyTorch, forward alone: autograd does the rest. */
export function torchLayerSection(traits: Traits): string {
  const parts = [
    activationFunctions(traits),
    ...(traits.axis === 'none' ? [] : [normalizationFunctions(traits)]),
    stepFunction(traits),
    jacobianFunction(traits),
  ]
  return parts.join('\n\n\n')
}

const CHAIN: ChainWords = {
  own: 'jacobian(network, signals[-1], layer)',
  weight: 'network.weight(layer)',
  after: (matrix) => `product.after(${matrix})`,
  sum: (s, inside) => `ALPHA * ${s} + BETA * ${inside}`,
}

const LAYER_BACKWARD = lines(
  '    for layer in range(DEPTH, 0, -1):',
  '        x = signals[layer - 1].clone().requires_grad_()',
  '        w = torch.from_numpy(network.weight(layer)).requires_grad_()',
  '        x_next = step(network, [x], layer, w)[2]',
  '        g, dw = torch.autograd.grad(x_next, (x, w), grad_outputs=g)',
  '        size = log10_scale + np.log10(WIDTH)',
  '        rows["log10_weight_gradient_norm"][layer] = size + log10_rms(dw.numpy())',
  '        rows["log10_gradient_rms"][layer - 1] = log10_scale + log10_rms(g.numpy())',
)

const BLOCK_BACKWARD = lines(
  '    for end in range(DEPTH, 0, -BRANCH):',
  '        layers = range(end - BRANCH + 1, end + 1)',
  '        xs = [signals[end - BRANCH].clone().requires_grad_()]',
  '        ws = [torch.from_numpy(network.weight(layer)).requires_grad_() for layer in layers]',
  '        for layer, w in zip(layers, ws):',
  '            xs.append(step(network, xs, layer, w)[2])',
  '        gradients = torch.autograd.grad(xs[-1], xs[:-1] + ws, grad_outputs=g)',
  '        for layer, dx, dw in zip(layers, gradients[:BRANCH], gradients[BRANCH:]):',
  '            size = log10_scale + np.log10(WIDTH)',
  '            rows["log10_weight_gradient_norm"][layer] = size + log10_rms(dw.numpy())',
  '            rows["log10_gradient_rms"][layer - 1] = log10_scale + log10_rms(dx.numpy())',
  '        g = gradients[0]',
)

/** One network forward, with its spectra, and backward. */
export function torchRunSection(traits: Traits): string {
  return lines(
    'def run(network, spectra):',
    '    """All statistics of one network, and the Jacobian\'s singular values at the layers asked for."""',
    '    rows = {name: np.full(DEPTH + 1, np.nan) for name in STATISTICS}',
    ...chainStart(traits),
    '',
    '    signals = [torch.from_numpy(network.inputs())]',
    '    measure_signal(rows, 0, signals[0].numpy())',
    '    for layer in range(1, DEPTH + 1):',
    '        h, z, x = step(network, signals, layer, torch.from_numpy(network.weight(layer)))',
    ...chainLines(traits, CHAIN),
    '        signals.append(x)',
    '        measure_signal(rows, layer, x.numpy())',
    '        rows["log10_preactivation_rms"][layer] = log10_rms(h.numpy())',
    '        measure_preactivations(rows, layer, z.numpy())',
    '',
    '    # Backward in pieces, so that the scale of the gradient can be kept apart.',
    '    g, log10_scale = torch.from_numpy(network.cotangent()), 0.0',
    '    rows["log10_gradient_rms"][DEPTH] = log10_rms(g.numpy())',
    blockOf(traits) === 1 ? LAYER_BACKWARD : BLOCK_BACKWARD,
    '        size = float(g.abs().max()) or 1.0',
    '        g, log10_scale = g / size, log10_scale + np.log10(size)',
    '    derive_gsc(rows)',
    '    return rows, found',
  )
}
