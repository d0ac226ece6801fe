"""Matrices whose rows carry a power of two each: value[i, j] = mantissa[i, j] * 2**exponent[i].

A deep network takes a row to 1e-4000 or 1e+4000 as a matter of course; its mantissas stay near one here.
"""

from dataclasses import dataclass

import numpy as np

LOG10_OF_2 = np.log10(2.0)
LN_2 = np.log(2.0)
# The exponent of a row of zeros: below anything a network reaches, far from int64's end even when two are added.
NOTHING = -(2**60)


@dataclass(frozen=True)
class Scaled:
    mantissa: np.ndarray
    exponent: np.ndarray

    def zero_rows(self):
        return ~np.any(self.mantissa, axis=1)

    def is_zero(self):
        return not np.any(self.mantissa)

    def row_norms(self):
        """Euclidean norms of the mantissas, exponents left off."""
        return np.sqrt(np.sum(self.mantissa**2, axis=1))


def shift(values, by):
    """values * 2**by, flushed to zero far below and never asked to leave float64's range by accident."""
    return np.ldexp(values, np.clip(by, -3000, 3000).astype(np.int32))


def scaled(values, exponent=0):
    """Normalizes every row so that its largest mantissa lies in [0.5, 1). `exponent` may be per entry."""
    fraction, power = np.frexp(np.asarray(values, dtype=np.float64))
    power = np.where(fraction == 0, NOTHING, power.astype(np.int64) + exponent)
    top = np.max(power, axis=1)
    return Scaled(shift(fraction, power - top[:, None]), np.where(top < NOTHING // 2, NOTHING, top))


def matmul(a, matrix):
    return scaled(a.mantissa @ matrix, a.exponent[:, None])


def times(a, factor):
    return scaled(a.mantissa * factor, a.exponent[:, None])


def add(a, b):
    top = np.maximum(a.exponent, b.exponent)
    left = shift(a.mantissa, (a.exponent - top)[:, None])
    return scaled(left + shift(b.mantissa, (b.exponent - top)[:, None]), top[:, None])


def zeros_like(a):
    return Scaled(np.zeros_like(a.mantissa), np.full_like(a.exponent, NOTHING))


def on_one_scale(a):
    """The same matrix with one exponent for all rows."""
    top = np.max(a.exponent)
    return shift(a.mantissa, (a.exponent - top)[:, None]), top


def log10_norm(a):
    """log10 of the Frobenius norm; -inf for a matrix of zeros."""
    values, top = on_one_scale(a)
    total = np.sum(values**2)
    return 0.5 * np.log10(total) + top * LOG10_OF_2 if total > 0 else -np.inf


def log10_rms(a):
    return log10_norm(a) - 0.5 * np.log10(a.mantissa.size)


def outer_norm_log10(a, b):
    """log10 of the Frobenius norm of a^T b, summed over rows, and the share of the summands' norms that is left."""
    power = a.exponent + b.exponent
    top = np.max(power)
    left = shift(a.mantissa, (power - top)[:, None])
    norm = np.sqrt(np.sum((left.T @ b.mantissa) ** 2))
    if norm == 0:
        return -np.inf, 1.0
    summands = np.sum(np.sqrt(np.sum(left**2, axis=1)) * b.row_norms())
    return np.log10(norm) + top * LOG10_OF_2, norm / summands
