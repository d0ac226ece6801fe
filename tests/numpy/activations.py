"""phi and phi' of every activation, entry by entry, as (mantissa, exponent of two), at any magnitude of the argument."""

import math

import numpy as np

from scaled import LN_2, shift

SELU_LAMBDA = 1.0507009873554804934193349852946
SELU_ALPHA = 1.6732632423543772848170429916717
ROOT_2 = math.sqrt(2.0)
ROOT_2_PI = math.sqrt(2.0 * math.pi)
# Below 2**-SMALL an activation is its own tangent at zero, above 2**LARGE its own asymptote.
SMALL = 300
LARGE = 100
# Beyond this the exponential tails are taken by their logarithm.
TAIL = 25.0

erf = np.vectorize(math.erf, otypes=[float])
erfc = np.vectorize(math.erfc, otypes=[float])


def normal_cdf(z):
    return 0.5 * erfc(-z / ROOT_2)


def normal_pdf(z):
    return np.exp(-0.5 * z * z) / ROOT_2_PI


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def softplus(z):
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def mish_derivative(z):
    t = np.tanh(softplus(z))
    return t + z * (1.0 - t * t) * sigmoid(z)


def silu_derivative(z):
    s = sigmoid(z)
    return s * (1.0 + z * (1.0 - s))


def elu(z):
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def elu_derivative(z):
    return np.where(z > 0, 1.0, np.exp(np.minimum(z, 0.0)))


def selu(z):
    return SELU_LAMBDA * np.where(z > 0, z, SELU_ALPHA * np.expm1(np.minimum(z, 0.0)))


def selu_derivative(z):
    return SELU_LAMBDA * np.where(z > 0, 1.0, SELU_ALPHA * np.exp(np.minimum(z, 0.0)))


# name: (phi, phi', grows like |z| on the right, on the left)
TABLE = {
    "linear": (lambda z: z, np.ones_like, True, True),
    "relu": (lambda z: np.maximum(z, 0.0), lambda z: np.where(z > 0, 1.0, 0.0), True, False),
    "elu": (elu, elu_derivative, True, False),
    "selu": (selu, selu_derivative, True, False),
    "gelu": (lambda z: z * normal_cdf(z), lambda z: normal_cdf(z) + z * normal_pdf(z), True, False),
    "silu": (lambda z: z * sigmoid(z), silu_derivative, True, False),
    "mish": (lambda z: z * np.tanh(softplus(z)), mish_derivative, True, False),
    "softplus": (softplus, sigmoid, True, False),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z), False, False),
    "tanh": (np.tanh, lambda z: 1.0 / np.cosh(np.minimum(np.abs(z), 300.0)) ** 2, False, False),
    "hard_tanh": (lambda z: np.clip(z, -1.0, 1.0), lambda z: np.where(np.abs(z) < 1, 1.0, 0.0), False, False),
    "erf": (erf, lambda z: 2.0 / math.sqrt(math.pi) * np.exp(-np.minimum(np.abs(z), 30.0) ** 2), False, False),
    "sin": (np.sin, np.cos, False, False),
    "arctan": (np.arctan, lambda z: 1.0 / (1.0 + z * z), False, False),
    "softsign": (lambda z: z / (1.0 + np.abs(z)), lambda z: 1.0 / (1.0 + np.abs(z)) ** 2, False, False),
    "abs": (np.abs, np.sign, True, True),
}


def leaky(slope):
    return (
        lambda z: np.where(z > 0, z, slope * z),
        lambda z: np.where(z > 0, 1.0, slope),
        True,
        True,
    )


def entry(name, slope):
    return leaky(slope) if name == "leaky_relu" else TABLE[name]


# Tails: (sign and polynomial factor, natural logarithm of the exponential factor), for |z| > TAIL.
def pdf_log(z):
    return -0.5 * z * z - math.log(ROOT_2_PI)


def mills(z):
    """Phi(z) / pdf(z) for z very negative."""
    u = 1.0 / (z * z)
    return (1.0 - u * (1.0 - 3.0 * u * (1.0 - 5.0 * u * (1.0 - 7.0 * u)))) / np.abs(z)


PHI_TAIL = {  # for z < -TAIL
    "gelu": lambda z: (z * mills(z), pdf_log(z)),
    "silu": lambda z: (z, z),
    "mish": lambda z: (z, z),
    "softplus": lambda z: (np.ones_like(z), z),
    "sigmoid": lambda z: (np.ones_like(z), z),
}
DPHI_TAIL = {  # for z < -TAIL
    "elu": lambda z: (np.ones_like(z), z),
    "selu": lambda z: (np.full_like(z, SELU_LAMBDA * SELU_ALPHA), z),
    "gelu": lambda z: (mills(z) + z, pdf_log(z)),
    "silu": lambda z: (1.0 + z, z),
    "mish": lambda z: (1.0 + z, z),
    "softplus": lambda z: (np.ones_like(z), z),
}
DPHI_EVEN_TAIL = {  # for |z| > TAIL
    "sigmoid": lambda z: (np.ones_like(z), -np.abs(z)),
    "tanh": lambda z: (np.full_like(z, 4.0), -2.0 * np.abs(z)),
    "erf": lambda z: (np.full_like(z, 2.0 / math.sqrt(math.pi)), -z * z),
}


def from_log(factor, ln):
    """factor * e**ln as mantissa and exponent."""
    log2 = ln / LN_2
    whole = np.floor(log2)
    return factor * np.exp2(log2 - whole), np.maximum(whole, -(2.0**50)).astype(np.int64)


def replace(value, power, where, tail):
    if not np.any(where):
        return value, power
    mantissa, exponent = tail
    return np.where(where, mantissa, value), np.where(where, exponent, power)


def argument(mantissa, exponent):
    """The argument brought into range, its clipped power, and what the clipping took off."""
    fraction, power = np.frexp(mantissa)
    power = power.astype(np.int64) + exponent
    clipped = np.clip(power, -SMALL, LARGE)
    return shift(fraction, clipped), np.where(fraction == 0, 0, power - clipped)


def phi(name, slope, mantissa, exponent):
    function, _, right, left = entry(name, slope)
    z, rest = argument(mantissa, exponent)
    value = function(z)
    tangent = (rest < 0) & (function(np.zeros(1))[0] == 0)
    asymptote = (rest > 0) & np.where(z > 0, right, left)
    power = np.where(tangent | asymptote, rest, 0)
    if name in PHI_TAIL:
        far = np.where(z < -TAIL, z, -TAIL)
        value, power = replace(value, power, z < -TAIL, from_log(*PHI_TAIL[name](far)))
    return value, power


def derivative(name, slope, mantissa, exponent):
    function = entry(name, slope)[1]
    z, rest = argument(mantissa, exponent)
    value, power = function(z), np.zeros(z.shape, dtype=np.int64)
    far = np.where(np.abs(z) > TAIL, z, -TAIL)
    if name in DPHI_TAIL:
        value, power = replace(value, power, z < -TAIL, from_log(*DPHI_TAIL[name](-np.abs(far))))
    if name in DPHI_EVEN_TAIL:
        value, power = replace(value, power, np.abs(z) > TAIL, from_log(*DPHI_EVEN_TAIL[name](far)))
    if name in ("arctan", "softsign"):
        power = np.where(rest > 0, -2 * rest, power)
    return value, power
