import { statisticIds } from '../../engine/statistics.ts'
import { lines } from './pythonText.ts'
import type { Traits } from './traits.ts'

const LOG10_RMS = `def log10_rms(x, e=0):
    """log10 of the root mean square of 2**e x, without overflow; -inf for zeros."""
    size = np.abs(x).max()
    if size == 0:
        return -np.inf
    return e * np.log10(2) + np.log10(size) + 0.5 * np.log10(np.mean((x / size) ** 2))`

const cosineLines = (batch: number) =>
  lines(
    '    alive = norm > 0',
    '    unit = x[alive] / norm[alive, None]',
    '    cosines = np.clip((unit @ unit.T)[np.triu_indices(len(unit), 1)], -1, 1)',
    '    if len(cosines) > 0:',
    '        rows["mean_cosine"][layer] = cosines.mean()',
    '        rows["mean_abs_cosine"][layer] = np.abs(cosines).mean()',
    '        rows["min_cosine"][layer] = cosines.min()',
    '        rows["max_cosine"][layer] = cosines.max()',
    batch > 0 && '    gram = x @ x.T',
  )

/** The isometry gap: infinite by arithmetic where there are more samples than units. */
function gapLines({ network: { batch, width } }: Traits): string {
  if (batch > width)
    return '    rows["isometry_gap"][layer] = np.inf  # more samples than units: det G = 0'
  return lines(
    '    eigenvalues = np.linalg.eigvalsh(gram)',
    '    if eigenvalues[0] <= 1e-14 * BATCH * eigenvalues[-1]:',
    '        rows["isometry_gap"][layer] = np.inf  # det G = 0',
    '    else:',
    '        gap = np.log(trace / BATCH) - np.mean(np.log(eigenvalues))',
    '        rows["isometry_gap"][layer] = gap',
  )
}

const PREACTIVATIONS = `def measure_preactivations(rows, layer, z):
    """How far Z, what enters phi, is spread over the samples; z in any scale."""
    size = np.mean(z**2)
    if size > 0:
        rows["preactivation_std_ratio"][layer] = np.sqrt(np.mean(z.var(axis=0)) / size)
    positive, negative = (z > 0).sum(axis=0), (z < 0).sum(axis=0)
    alive = positive + negative > 0
    if alive.any():
        rarer = np.minimum(positive, negative)[alive] / (positive + negative)[alive]
        rows["sign_diversity"][layer] = rarer.mean()`

const GSC = `def derive_gsc(rows):
    """Gradient scale coefficient of the last layer against each layer."""
    activation, gradient = rows["log10_activation_rms"], rows["log10_gradient_rms"]
    if activation[DEPTH] > -np.inf:
        rows["log10_gsc"][:] = gradient - gradient[DEPTH] + activation - activation[DEPTH]`

function growth({ config }: Traits): string {
  const step = config.mix === 'none' ? 1 : config.branch
  const fitted =
    step === 1
      ? '    layers = np.arange(math.ceil(0.1 * DEPTH), math.floor(0.9 * DEPTH) + 1)'
      : '    layers = np.arange(math.ceil(0.1 * DEPTH), math.floor(0.9 * DEPTH) + 1)\n' +
        '    layers = layers[layers % BRANCH == 0]  # ends of blocks'
  return lines(
    'def growth(row):',
    '    """Factor a layer going down: least squares over the middle 80 % of the layers."""',
    fitted,
    '    if DEPTH < 5 or len(layers) < 2 or not np.isfinite(row[layers]).all():',
    '        return None',
    '    return 10 ** -np.polyfit(layers, row[layers], 1)[0]',
  )
}

/** What is measured layer by layer; the same text for both flavours. */
export function statisticsSection(traits: Traits): string {
  const names = statisticIds.map((id) => `    ${JSON.stringify(id)},`)
  const signal = lines(
    'def measure_signal(rows, layer, x, e=0):',
    '    """Size of X_l = 2**e x, and how its samples lie to each other."""',
    '    rows["log10_activation_rms"][layer] = log10_rms(x, e)',
    '    x = x / (np.abs(x).max() or 1)',
    '    norm = np.linalg.norm(x, axis=1)',
    cosineLines(traits.network.batch),
    '    trace = np.trace(gram)',
    '    if trace > 0:',
    '        rows["effective_rank"][layer] = trace**2 / np.sum(gram**2)',
    gapLines(traits),
  )
  return [
    lines('STATISTICS = [', ...names, ']'),
    LOG10_RMS,
    signal,
    PREACTIVATIONS,
    GSC,
    growth(traits),
  ].join('\n\n\n')
}
