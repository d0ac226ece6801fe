"""Singular values of J_l = d x_l / d x_0 of sample 0, batch statistics held fixed, by plain products in many digits.

The product is taken twice, the second time with more digits. What stays is a singular value; what falls with the digits is
an exact zero. Nothing here knows which activation or normalization makes which rank.
"""

import math

import mpmath as mp
import numpy as np

from activations import SELU_ALPHA, SELU_LAMBDA

SPARE_DIGITS = 40
DIGITS_A_LAYER = 4
MORE_DIGITS = 60
# Above this many digits the answer would take minutes.
MOST_DIGITS = 1500


def sigmoid(z):
    return 1 / (1 + mp.exp(-z))


def log1p_exp(z):
    return mp.log1p(mp.exp(z)) if z < 0 else z + mp.log1p(mp.exp(-z))


def mish_derivative(z):
    t = log1p_exp(z)
    return mp.tanh(t) + z * sigmoid(z) / mp.cosh(t) ** 2


# phi and phi' of one number.
TABLE = {
    "linear": (lambda z: z, lambda z: mp.mpf(1)),
    "relu": (lambda z: max(z, mp.mpf(0)), lambda z: mp.mpf(z > 0)),
    "elu": (lambda z: z if z > 0 else mp.expm1(z), lambda z: mp.mpf(1) if z > 0 else mp.exp(z)),
    "selu": (
        lambda z: SELU_LAMBDA * (z if z > 0 else SELU_ALPHA * mp.expm1(z)),
        lambda z: SELU_LAMBDA * (mp.mpf(1) if z > 0 else SELU_ALPHA * mp.exp(z)),
    ),
    "gelu": (lambda z: z * mp.ncdf(z), lambda z: mp.ncdf(z) + z * mp.npdf(z)),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
    "mish": (lambda z: z * mp.tanh(log1p_exp(z)), mish_derivative),
    "softplus": (log1p_exp, sigmoid),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (mp.tanh, lambda z: 1 / mp.cosh(z) ** 2),
    "hard_tanh": (lambda z: max(min(z, mp.mpf(1)), mp.mpf(-1)), lambda z: mp.mpf(abs(z) < 1)),
    "erf": (mp.erf, lambda z: 2 / mp.sqrt(mp.pi) * mp.exp(-z * z)),
    "sin": (mp.sin, mp.cos),
    "arctan": (mp.atan, lambda z: 1 / (1 + z * z)),
    "softsign": (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z)) ** 2),
    "abs": (abs, mp.sign),
}


def activation(config):
    slope = mp.mpf(config["slope"])
    leaky = (lambda z: z if z > 0 else slope * z, lambda z: mp.mpf(1) if z > 0 else slope)
    return leaky if config["act"] == "leaky_relu" else TABLE[config["act"]]


def exact(values):
    """A float64 array as an object array of mpf: exactly the same numbers."""
    return np.vectorize(mp.mpf, otypes=[object])(values)


def diagonal(values):
    matrix = exact(np.zeros((len(values), len(values))))
    np.fill_diagonal(matrix, values)
    return matrix


def identity(width):
    return diagonal([mp.mpf(1)] * width)


def norm_of_sample(config, h):
    """z and d z / d h of one sample, for the normalizations that look at one sample."""
    width = len(h)
    if config["norm"] == "none":
        return h, identity(width)
    centring = identity(width)
    if config["norm"] == "layer":
        centring = centring - exact(np.ones((width, width))) / width
    rest = centring @ h
    size = lambda v: mp.sqrt(mp.fsum(v * v) / width)
    if size(rest) == 0 or size(rest) < mp.mpf(1e-13) * size(h):
        return exact(np.zeros(width)), exact(np.zeros((width, width)))
    z = rest / size(rest)
    return z, (centring - np.outer(z, z) / width) / size(rest)


def norm_of_batch(step):
    """The same with batch statistics held fixed, as the float64 pass measured them."""
    normalized = step.normalized
    z = exact(normalized.z.mantissa[0]) * mp.mpf(2) ** int(max(normalized.z.exponent[0], -5000))
    scale = mp.mpf(2) ** int(normalized.power)
    return z, diagonal([0 if d == 0 else 1 / (mp.mpf(float(d)) * scale) for d in normalized.divisor[0]])


def normalize(network, step, h):
    batch = network.config["norm"].startswith("batch")
    return norm_of_batch(step) if batch else norm_of_sample(network.config, h)


def activate(network, layer, z):
    phi, dphi = activation(network.config)
    gain, a, b = mp.mpf(network.gain(layer)), mp.mpf(network.a), mp.mpf(network.b)
    return np.array([a * phi(gain * v) + b for v in z]), diagonal([a * gain * dphi(gain * v) for v in z])


def layer_map(network, layer, step, x):
    """y_l, and d y_l / d x_{l-1} as factors, the first to act first."""
    weight, bias = exact(network.weight(layer)), exact(network.bias_of(layer))
    if network.config["order"] == "linear_norm_act":
        z, dz = normalize(network, step, weight @ x + bias)
        y, dy = activate(network, layer, z)
        return y, (weight, dz, dy)
    z, dz = normalize(network, step, x)
    phis, dphis = activate(network, layer, z)
    return weight @ phis + bias, (dz, dphis, weight)


def mixed(network, layer, origin, y):
    """alpha S origin + beta y, for a vector or a matrix."""
    if network.config["mix"] == "none" or not network.mixes_at(layer):
        return y
    s = network.filter_after(layer)
    kept = origin if s is None else exact(s) @ origin
    return mp.mpf(network.config["alpha"]) * kept + mp.mpf(network.config["beta"]) * y


def jacobians(network, steps, last):
    """x_l and J_l for l = 0 ... last."""
    xs, js = [exact(network.x0[0])], [identity(network.x0.shape[1])]
    for layer in range(1, last + 1):
        y, factors = layer_map(network, layer, steps[layer - 1], xs[-1])
        j = js[-1]
        for factor in factors:
            j = factor @ j
        origin = max(layer - network.block, 0)
        xs.append(mixed(network, layer, xs[origin], y))
        js.append(mixed(network, layer, js[origin], j))
    return xs, js


def log10_singular_values(j):
    """Largest first; -inf for what is zero in these digits already."""
    width = len(j)
    largest = max(abs(v) for v in j.flat)
    if largest == 0:
        return [-mp.inf] * width
    values = singular_values(j / largest)
    return [mp.log10(v * largest) if v > 0 else -mp.inf for v in sorted(values, reverse=True)]


def singular_values(j):
    try:
        return list(mp.svd_r(mp.matrix(j.tolist()), compute_uv=False))
    except RuntimeError:
        # Its iteration now and then stalls on exact zeros; squared values in twice the digits do as well.
        with mp.workdps(2 * mp.mp.dps):
            values = mp.eigsy(mp.matrix((j @ j.T).tolist()), eigvals_only=True)
            return [mp.sqrt(max(v, 0)) for v in values]


def at_digits(network, steps, layers, digits):
    with mp.workdps(digits):
        _, js = jacobians(network, steps, max(layers))
        return {layer: log10_singular_values(js[layer]) for layer in layers}


def log10_range(factor):
    """log10 of largest over smallest singular value, exact zeros left out."""
    diagonal_only = np.count_nonzero(factor) == np.count_nonzero(np.diag(factor))
    if diagonal_only:
        values = [mp.log10(abs(v)) for v in np.diag(factor) if v != 0]
        return float(max(values) - min(values)) if values else 0.0
    values = log10_singular_values(factor)
    kept = [v for v in values if v > values[0] - 20]
    return float(max(kept) - min(kept)) if kept else 0.0


def factor_range(network, steps, last):
    """log10 of the product of all factors' condition numbers, exact zeros left out."""
    with mp.workdps(30):
        total, xs = 0.0, [exact(network.x0[0])]
        for layer in range(1, last + 1):
            y, factors = layer_map(network, layer, steps[layer - 1], xs[-1])
            total += sum(log10_range(factor) for factor in factors)
            xs.append(mixed(network, layer, xs[max(layer - network.block, 0)], y))
        return total


def settle(few, many, digits):
    """Values from two precisions: -inf for what is noise in both, nan for what has not settled."""
    if many[0] == -mp.inf or few[0] - many[0] > MORE_DIGITS / 2:
        return [-math.inf] * len(many)
    noise = many[0] - digits + SPARE_DIGITS / 2
    close = lambda f, m: float(m) if abs(f - m) < 1e-3 else math.nan
    return [-math.inf if max(f, m) < noise else close(f, m) for f, m in zip(few, many)]


def spectra(network, steps, layers):
    """log10 singular values by layer, or None where they would need more digits than MOST_DIGITS."""
    last = max(layers)
    # Twice the factors' own range, since singular factors may meet at small angles.
    digits = 2 * int(factor_range(network, steps, last)) + DIGITS_A_LAYER * last + SPARE_DIGITS
    if digits > MOST_DIGITS:
        return None
    few = at_digits(network, steps, layers, digits)
    many = at_digits(network, steps, layers, digits + MORE_DIGITS)
    return {l: settle(few[l], many[l], digits) for l in layers}
