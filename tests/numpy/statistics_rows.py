"""Every per-layer statistic and the summary of the public contract, from the passes.

A row holds numbers, None where the quantity does not exist, and math.inf or -math.inf.
"""

import math

import numpy as np

from passes import backward, forward
from scaled import log10_rms, outer_norm_log10, shift

SINGULAR = 1e-14


def pair_cosines(x):
    live = ~x.zero_rows()
    unit = x.mantissa[live] / x.row_norms()[live][:, None]
    return (unit @ unit.T)[np.triu_indices(len(unit), 1)]


def rows_on_one_scale(x):
    return shift(x.mantissa, (x.exponent - np.max(x.exponent))[:, None])


def squared_singular_values(x):
    """Eigenvalues of G = X X^T over the largest power of two, largest first; m of them."""
    samples = x.mantissa.shape[0]
    values = np.zeros(samples)
    found = np.linalg.svd(rows_on_one_scale(x), compute_uv=False) ** 2
    values[: len(found)] = found
    return values


def isometry_gap(eigenvalues, units):
    samples = len(eigenvalues)
    if samples > units or eigenvalues[-1] < SINGULAR * samples * eigenvalues[0] or eigenvalues[0] == 0:
        return math.inf
    return float(np.log(np.mean(eigenvalues)) - np.mean(np.log(eigenvalues)))


def smallest_over_largest(eigenvalues):
    return float(eigenvalues[-1] / eigenvalues[0]) if eigenvalues[0] > 0 else 0.0


def effective_rank(eigenvalues):
    return None if eigenvalues[0] == 0 else float(np.sum(eigenvalues) ** 2 / np.sum(eigenvalues**2))


def std_ratio(z):
    values = rows_on_one_scale(z)
    return None if z.is_zero() else float(np.sqrt(np.mean(np.var(values, axis=0)) / np.mean(values**2)))


def sign_diversity(z):
    positive, negative = np.sum(z.mantissa > 0, axis=0), np.sum(z.mantissa < 0, axis=0)
    signed = positive + negative
    live = signed > 0
    return float(np.mean((np.minimum(positive, negative) / np.maximum(signed, 1))[live])) if np.any(live) else None


def activation_rows(x):
    cosines, eigenvalues = pair_cosines(x), squared_singular_values(x)
    mean = lambda values: float(np.mean(values)) if len(values) else None
    return {
        "log10_activation_rms": log10_rms(x),
        "mean_cosine": mean(cosines),
        "mean_abs_cosine": mean(np.abs(cosines)),
        "min_cosine": float(np.min(cosines)) if len(cosines) else None,
        "max_cosine": float(np.max(cosines)) if len(cosines) else None,
        "isometry_gap": isometry_gap(eigenvalues, x.mantissa.shape[1]),
        "effective_rank": effective_rank(eigenvalues),
        # Not a statistic of its own: how near the gap's rule of singularity the layer is.
        "smallest_over_largest": smallest_over_largest(eigenvalues),
    }


def step_rows(current):
    return {
        "log10_preactivation_rms": log10_rms(current.h),
        "preactivation_std_ratio": std_ratio(current.normalized.z),
        "sign_diversity": sign_diversity(current.normalized.z),
    }


def gsc(gradient, x, top_gradient, top_x):
    return None if top_x.is_zero() or top_gradient.is_zero() else (
        log10_rms(gradient) - log10_rms(top_gradient) + log10_rms(x) - log10_rms(top_x)
    )


def transpose(records, first_is_null):
    names = records[0].keys()
    return {name: ([None] if first_is_null else []) + [record[name] for record in records] for name in names}


def fitted_layers(network):
    """ceil(0.1 L) ... floor(0.9 L) in whole numbers, block ends alone where blocks are mixed."""
    depth = network.depth
    return [l for l in range(-(-depth // 10), 9 * depth // 10 + 1) if l % network.block == 0]


def growth(network, log10_row):
    """exp of the least-squares slope, per layer going down, of the natural logarithm."""
    layers = fitted_layers(network)
    values = [log10_row[l] for l in layers]
    if network.depth < 5 or len(layers) < 2 or any(v is None or not math.isfinite(v) for v in values):
        return None
    slope = np.polyfit(np.array(layers, dtype=float), np.array(values) * math.log(10.0), 1)[0]
    return float(np.exp(-slope))


def per_layer(network, xs, steps):
    gradients, lefts = backward(network, steps)
    rows = transpose([activation_rows(x) for x in xs], False)
    rows |= transpose([step_rows(current) for current in steps], True)
    rows["log10_gradient_rms"] = [log10_rms(g) for g in gradients]
    products = [outer_norm_log10(left, current.enters_weights) for left, current in zip(lefts, steps)]
    rows["log10_weight_gradient_norm"] = [None] + [norm for norm, _ in products]
    # Not a statistic of its own: where copies of a row cancel almost wholly, rounding is what is left.
    rows["weight_gradient_left"] = [1.0] + [share for _, share in products]
    rows["log10_gsc"] = [gsc(g, x, gradients[-1], xs[-1]) for g, x in zip(gradients, xs)]
    return rows


def summary(network, rows):
    return {
        "gradient_growth": growth(network, rows["log10_gradient_rms"]),
        "gsc_growth": growth(network, rows["log10_gsc"]),
    }


def recompute(network):
    xs, steps = forward(network)
    rows = per_layer(network, xs, steps)
    return rows, summary(network, rows), steps
