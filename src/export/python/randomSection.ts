import { lines } from './pythonText.ts'
import type { Traits } from './traits.ts'

const WORDS = `def words(seed, role, layer, pairs):
    """Two arrays of random 32-bit words: Threefry-2x32 with 20 rounds (Salmon et al. 2011).

    The key is (seed, role); pair i has the counter (i, layer).
    """
    keys = [seed, role, seed ^ role ^ 0x1BD11BDA]
    x0 = np.arange(pairs, dtype=np.uint32) + np.uint32(keys[0])
    x1 = np.full(pairs, layer, dtype=np.uint32) + np.uint32(keys[1])
    for four in range(5):
        for turn in [(13, 15, 26, 6), (17, 29, 16, 24)][four % 2]:
            x0 = x0 + x1
            x1 = ((x1 << turn) | (x1 >> (32 - turn))) ^ x0
        x0 = x0 + np.uint32(keys[(four + 1) % 3])
        x1 = x1 + np.uint32((keys[(four + 2) % 3] + four + 1) % 2**32)
    return x0, x1`

const NORMALS = `def normals(seed, role, layer, count):
    """Independent N(0, 1), two from each pair of words (Box-Muller)."""
    w0, w1 = words(seed, role, layer, (count + 1) // 2)
    radius = np.sqrt(-2 * np.log(((w0 >> 9) + 0.5) * 2.0**-23))
    angle = 2 * np.pi * ((w1 >> 9) + 0.5) * 2.0**-23
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).ravel()[:count]`

const UNIFORMS = `def uniforms(seed, role, layer, count):
    """Independent and uniform on (-1, 1), two from each pair of words."""
    both = np.stack(words(seed, role, layer, (count + 1) // 2), axis=1).ravel()[:count]
    return ((both >> 9) * 2.0 + 1) * 2.0**-23 - 1`

const HAAR = `@functools.lru_cache(maxsize=4)
def haar(seed, role, layer, n):
    """An orthogonal matrix with Haar's law, grown from the last row and column to the first.

    Each step reflects a block diag(-sign x_0, Q) by the Householder matrix I - u u^T of a Gaussian
    vector x (Stewart 1980): the Q of the QR factorization of a Gaussian matrix, R having a
    positive diagonal.
    """
    x = normals(seed, role, layer, n * (n + 1) // 2)
    q = np.zeros((n, n))
    q[-1, -1] = -1 if x[-1] < 0 else 1
    end = len(x) - 1
    for k in range(n - 2, -1, -1):
        u = x[end - (n - k) : end].copy()
        end -= n - k
        norm, sign = np.linalg.norm(u), -1 if u[0] < 0 else 1
        scale = np.sqrt(norm * (norm + abs(u[0])))
        u[0] += sign * norm
        u /= scale
        q[k, k] = -sign
        q[k:, k:] -= np.outer(u, u @ q[k:, k:])
    return q`

const usesHaar = ({ config, filter }: Traits): boolean =>
  filter === 'orthogonal' || config.init === 'orthogonal' || config.init === 'looks_linear'

/** The generator: math/random.ts and math/haar.ts in NumPy, as much of it as is needed. */
export function randomSection(traits: Traits): string {
  const parts = [WORDS, NORMALS]
  if (traits.config.init === 'uniform') parts.push(UNIFORMS)
  if (usesHaar(traits)) parts.push(HAAR)
  return lines(
    '# Random numbers: every number is a function of (seed, role, layer, index), so that any layer',
    '# can be drawn again at any time and is the same on every machine.',
    '',
    '',
    parts.join('\n\n\n'),
  )
}
