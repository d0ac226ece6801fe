/** Singular values of a long product of matrices; the same text for every network and flavour. */
export const SPECTRUM = `def graded_qr(c, d, row_size):
    """Q, the logarithms of R's diagonal, R over its diagonal, and the order of the columns in it.

    QR factorization of the columns exp(d_j) c_j without forming them: the largest one that remains
    is reflected first, rows are sorted by size, so that neither large nor small entries lose
    digits. A column that is rounding noise in every row is a direction that is killed exactly.
    """
    rows = np.argsort(-row_size)[: np.count_nonzero(row_size)]
    a, noise = c[rows], 1e-12 * row_size[rows]
    order, mirrors = np.arange(len(d)), []
    for k in range(min(a.shape)):
        rest = a[k:, k:]
        size = np.abs(rest).max() or 1
        size = np.log(np.linalg.norm(rest / size, axis=0)) + d[order[k:]]
        p = np.argmax(size)
        while size[p] > -np.inf and (np.abs(rest[:, p]) <= noise[k:]).all():
            size[p] = -np.inf
            p = np.argmax(size)
        if size[p] == -np.inf:
            break
        a[:, [k, k + p]], order[[k, k + p]] = a[:, [k + p, k]], order[[k + p, k]]
        u = rest[:, 0] / np.abs(rest[:, 0]).max()
        u[0] += np.copysign(np.linalg.norm(u), u[0])
        u /= np.linalg.norm(u)
        rest -= np.outer(2 * u, u @ rest)
        mirrors.append(u)
    rank = len(mirrors)
    q = np.eye(len(a), rank)
    for k in reversed(range(rank)):
        q[k:, k:] -= np.outer(2 * mirrors[k], mirrors[k] @ q[k:, k:])
    everywhere = np.zeros((len(c), rank))
    everywhere[rows] = q
    log_r = np.log(np.abs(np.triu(a[:rank]))) + d[order]
    diagonal = np.diagonal(log_r)
    return everywhere, diagonal, np.sign(a[:rank]) * np.exp(log_r - diagonal[:, None]), order


class Product:
    """A product of many matrices as Q diag(exp(d)) T that keeps every singular value.

    A plain product would lose all that is 1e-16 of the largest. Here Q is orthonormal, d holds the
    sizes as logarithms, and T stays well conditioned (Loh et al. 1989; Stewart 1997).
    """

    def __init__(self, q, d, t):
        self.q, self.d, self.t = q, d, t

    def after(self, m, e=0):
        """2**e m times this product."""
        q, d, u, order = graded_qr(m @ self.q, self.d, np.linalg.norm(m, axis=1))
        return Product(q, d + e * np.log(2), u @ self.t[order])

    def log10_singular_values(self):
        """All of them, largest first; -inf stands for an exact zero.

        One-sided Jacobi rotations make the rows of diag(exp(d)) T orthogonal, many pairs at a time;
        their sizes stay logarithms throughout.
        """
        rank, n = self.t.shape
        norm = np.linalg.norm(self.t, axis=1)
        t, size = self.t / norm[:, None], self.d + np.log(norm)
        for _ in range(60):
            largest = 0
            order = np.arange(rank + rank % 2)
            for _ in range(len(order) - 1):
                i, j = order[: len(order) // 2], order[: len(order) // 2 - 1 : -1]
                order = np.concatenate([order[:1], np.roll(order[1:], 1)])
                i, j = i[np.maximum(i, j) < rank], j[np.maximum(i, j) < rank]
                i, j = np.where(size[i] >= size[j], [i, j], [j, i])
                cosine = np.sum(t[i] * t[j], axis=1)
                largest = max(largest, np.abs(cosine).max(initial=0))
                ratio = np.exp(size[j] - size[i])
                gap = 1 - ratio**2
                tangent = 2 * cosine / (gap + np.sqrt(gap**2 + (2 * ratio * cosine) ** 2) + 1e-300)
                cos = 1 / np.sqrt(1 + (ratio * tangent) ** 2)
                large = cos[:, None] * (t[i] + (ratio**2 * tangent)[:, None] * t[j])
                small = cos[:, None] * (t[j] - tangent[:, None] * t[i])
                for k, row in (i, large), (j, small):
                    norm = np.linalg.norm(row, axis=1)
                    t[k], size[k] = row / norm[:, None], size[k] + np.log(norm)
            if largest < 1e-7:
                break
        found = np.full(n, -np.inf)
        found[:rank] = np.sort(size)[::-1] / np.log(10)
        return found`
