import { chainLines, chainStart, type ChainWords } from './chainLines.ts'
import { lines } from './pythonText.ts'
import { filterCall, type Traits } from './traits.ts'

const atBlockEnd = ({ config }: Traits, indent: string, body: readonly string[]) =>
  config.branch === 1
    ? body.map((line) => indent + line)
    : [`${indent}if layer % BRANCH == 0:`, ...body.map((line) => `${indent}    ${line}`)]

function forwardLines(traits: Traits): readonly string[] {
  const { axis, filter, config } = traits
  const back = config.branch === 1 ? '-1' : '-BRANCH'
  const kept =
    filter === 'orthogonal' ? `(signals[${back}] @ ${filterCall(traits)}.T)` : `signals[${back}]`
  const z = axis === 'none' ? 'h.x' : 'z'
  return [
    `        ${axis === 'none' ? 'h, x' : 'h, z, inverse, x'} = branch(network, signals[-1], layer)`,
    ...(filter === 'absent'
      ? []
      : atBlockEnd(traits, '        ', [`x = ${kept} * ALPHA + x * BETA`])),
    '        signals.append(x)',
    '        measure_signal(rows, layer, x.x, x.e)',
    '        rows["log10_preactivation_rms"][layer] = log10_rms(h.x, h.e)',
    `        measure_preactivations(rows, layer, ${z})`,
  ]
}

const chainWords = ({ axis, isPreactivation }: Traits): ChainWords => {
  const given = axis === 'none' ? 'h' : 'z, inverse'
  return {
    own: isPreactivation ? `inner_jacobian(layer, ${given})` : `jacobian(network, layer, ${given})`,
    weight: 'Scaled(network.weight(layer))',
    after: (matrix) => `product.after(${matrix}.x, ${matrix}.e)`,
    sum: (s, inside) => `Scaled(${s}) * ALPHA + ${inside} * BETA`,
  }
}

function backwardLines(traits: Traits): readonly string[] {
  const { filter, config } = traits
  const isMixed = filter !== 'absent'
  const skipped = filter === 'orthogonal' ? `(g @ ${filterCall(traits)}) * ALPHA` : 'g * ALPHA'
  const joins = config.branch === 1 ? [] : ['        if layer % BRANCH == 1:']
  const joinIndent = config.branch === 1 ? '        ' : '            '
  return [
    ...(isMixed ? atBlockEnd(traits, '        ', [`skipped, g = ${skipped}, g * BETA`]) : []),
    '        g, dw = branch_backward(network, signals[layer - 1], layer, g)',
    ...(isMixed ? [...joins, `${joinIndent}g = g + skipped`] : []),
    '        rows["log10_weight_gradient_norm"][layer] = log10_rms(dw.x, dw.e) + np.log10(WIDTH)',
    '        rows["log10_gradient_rms"][layer - 1] = log10_rms(g.x, g.e)',
  ]
}

/** One network forward, with its spectra, and backward. */
export function numpyRunSection(traits: Traits): string {
  return lines(
    'def run(network, spectra):',
    '    """All statistics of one network, and the Jacobian\'s singular values at the layers asked for."""',
    '    rows = {name: np.full(DEPTH + 1, np.nan) for name in STATISTICS}',
    ...chainStart(traits),
    '',
    '    signals = [Scaled(network.inputs())]',
    '    measure_signal(rows, 0, signals[0].x, signals[0].e)',
    '    for layer in range(1, DEPTH + 1):',
    ...forwardLines(traits),
    ...chainLines(traits, chainWords(traits)),
    '',
    '    g = Scaled(network.cotangent())',
    '    rows["log10_gradient_rms"][DEPTH] = log10_rms(g.x, g.e)',
    '    for layer in range(DEPTH, 0, -1):',
    ...backwardLines(traits),
    '    derive_gsc(rows)',
    '    return rows, found',
  )
}
