"""The network of the public contract, forward and backward, from its exported arrays.

The backward pass is derived here from the forward one, batch statistics included; finite_differences.py checks it.
"""

from dataclasses import dataclass

import numpy as np

from activations import derivative, phi
from scaled import Scaled, add, matmul, on_one_scale, scaled, times, zeros_like

SINGLE, DOUBLE = 1e-6, 1e-13
PER_SAMPLE = ("layer", "rms")
CENTRED = ("batch", "layer")


@dataclass(frozen=True)
class Network:
    config: dict
    a: float
    b: float
    x0: np.ndarray
    w: np.ndarray
    bias: np.ndarray
    s: np.ndarray | None
    cotangent: np.ndarray
    threshold: float
    # Different rows of x0: equal rows stay equal in every layer.
    distinct: int

    @property
    def depth(self):
        return self.config["depth"]

    @property
    def block(self):
        """Layers a residual connection spans; 1 where there is none to span."""
        return 1 if self.config["mix"] == "none" else self.config["branch"]

    def weight(self, layer):
        return self.w[min(layer, len(self.w)) - 1]

    def bias_of(self, layer):
        return self.bias[min(layer, len(self.bias)) - 1]

    def filter_after(self, layer):
        """S of the block that ends at `layer`; None where S is the identity."""
        return None if self.s is None else self.s[min(layer // self.block, len(self.s)) - 1]

    def gain(self, layer):
        return self.config["gain"] * layer ** -float(self.config["gain_decay"])

    def mixes_at(self, layer):
        return layer % self.block == 0


def count_distinct(x, threshold):
    """Rows that no earlier row equals up to rounding."""
    seen = []
    for row in x:
        if all(np.linalg.norm(row - other) > threshold * np.linalg.norm(row) for other in seen):
            seen.append(row)
    return len(seen)


def load(report, arrays):
    config, constants = report["config"], report["constants"]
    get = lambda name: arrays[name].astype(np.float64)
    return Network(
        config=config,
        a=constants["a"],
        b=constants["b"],
        x0=get("x0"),
        w=get("w"),
        bias=get("b"),
        s=get("s") if "s" in arrays else None,
        cotangent=get("cotangent"),
        threshold=SINGLE if arrays["x0"].dtype == np.float32 else DOUBLE,
        distinct=count_distinct(get("x0"), SINGLE if arrays["x0"].dtype == np.float32 else DOUBLE),
    )


@dataclass(frozen=True)
class Normalized:
    """z = norm(h), and what the backward pass needs: the divisor as mantissa and power, zero where z stays zero."""

    z: Scaled
    divisor: np.ndarray
    power: np.ndarray


def normalize(kind, h, threshold):
    if kind == "none":
        return Normalized(h, None, None)
    axis = 1 if kind in PER_SAMPLE else 0
    values, power = (h.mantissa, h.exponent[:, None]) if axis == 1 else on_one_scale(h)
    rest = values - np.mean(values, axis=axis, keepdims=True) if kind in CENTRED else values
    divisor = np.sqrt(np.mean(rest**2, axis=axis, keepdims=True))
    before = np.sqrt(np.mean(values**2, axis=axis, keepdims=True))
    divisor = np.where((divisor < threshold * before) | (divisor == 0), 0.0, divisor)
    z = np.where(divisor == 0, 0.0, rest / np.where(divisor == 0, 1.0, divisor))
    return Normalized(scaled(z), divisor, power)


def loses_everything(kind, shape):
    """Centring and scaling together take two dimensions: nothing is left of two samples or two units."""
    return (kind == "batch" and shape[0] == 2) or (kind == "layer" and shape[1] == 2)


def normalize_backward(kind, forward, dz, threshold):
    """d loss / d h = (dz - mean(dz) - z mean(dz z)) / divisor, without the first mean where h is not centred.

    A group of which nothing but rounding is left is an exact zero, as in the forward direction.
    """
    if kind == "none":
        return dz
    if loses_everything(kind, dz.mantissa.shape):
        return zeros_like(dz)
    axis = 1 if kind in PER_SAMPLE else 0
    values, power = (dz.mantissa, dz.exponent[:, None]) if axis == 1 else on_one_scale(dz)
    z = shift_free(forward.z)
    rest = values - np.mean(values, axis=axis, keepdims=True) if kind in CENTRED else values
    rest = rest - z * np.mean(values * z, axis=axis, keepdims=True)
    left = np.sqrt(np.mean(rest**2, axis=axis, keepdims=True))
    live = (forward.divisor != 0) & (left >= threshold * np.sqrt(np.mean(values**2, axis=axis, keepdims=True)))
    return scaled(np.where(live, rest / np.where(live, forward.divisor, 1.0), 0.0), power - forward.power)


def copies_cancel(network):
    """Whether d loss / d h of a batch normalization, summed over the copies of each row, is exactly zero.

    The sums over copies are a vector of as many entries as there are different rows, and it is orthogonal to one
    direction for the division and to one more for the centring.
    """
    lost = {"batch": 2, "batch_uncentered": 1}.get(network.config["norm"], 0)
    return network.distinct <= lost


def shift_free(a):
    """A normalized matrix as plain numbers."""
    return np.ldexp(a.mantissa, np.maximum(a.exponent, -2000)[:, None].astype(np.int32))


@dataclass(frozen=True)
class Step:
    h: Scaled
    normalized: Normalized
    y: Scaled
    # What the weights multiply: X_{l-1}, or phi_l(Z_l) where the linear map comes last.
    enters_weights: Scaled


def activate(network, layer, z):
    """a phi(g z) + b."""
    mantissa, power = phi(network.config["act"], network.config["slope"], network.gain(layer) * z.mantissa, z.exponent[:, None])
    power = np.broadcast_to(power, mantissa.shape)
    value = scaled(network.a * mantissa, power)
    return value if network.b == 0 else add(value, scaled(np.full_like(mantissa, network.b)))


def linear(network, layer, x):
    """x W^T + b; half by half, so that mirrored weights meet equal halves of a row in exact cancellation."""
    half, w = x.mantissa.shape[1] // 2, network.weight(layer).T
    halves = x.mantissa[:, :half] @ w[:half] + x.mantissa[:, half:] @ w[half:]
    bias = scaled(np.broadcast_to(network.bias_of(layer), x.mantissa.shape))
    return add(scaled(halves, x.exponent[:, None]), bias)


def step(network, layer, x):
    kind = network.config["norm"]
    first = network.config["order"] == "linear_norm_act"
    h = linear(network, layer, x) if first else x
    normalized = normalize(kind, h, network.threshold)
    phis = activate(network, layer, normalized.z)
    y = phis if first else linear(network, layer, phis)
    return Step(h, normalized, y, x if first else phis)


def mix(network, layer, origin, y):
    if network.config["mix"] == "none":
        return y
    s = network.filter_after(layer)
    kept = origin if s is None else matmul(origin, s.T)
    return add(times(kept, network.config["alpha"]), times(y, network.config["beta"]))


def forward(network, nudges=None):
    """All X_0 ... X_L and all steps. `nudges` maps a layer to a matrix added to its X, for finite differences."""
    nudges = nudges or {}
    nudge = lambda layer, x: add(x, scaled(nudges[layer])) if layer in nudges else x
    xs, steps = [nudge(0, scaled(network.x0))], []
    for layer in range(1, network.depth + 1):
        current = step(network, layer, xs[-1])
        x = mix(network, layer, xs[layer - network.block], current.y) if network.mixes_at(layer) else current.y
        steps.append(current)
        xs.append(nudge(layer, x))
    return xs, steps


def activate_backward(network, layer, z, dphi):
    mantissa, power = derivative(network.config["act"], network.config["slope"], network.gain(layer) * z.mantissa, z.exponent[:, None])
    factor = network.a * network.gain(layer) * mantissa
    return scaled(dphi.mantissa * factor, dphi.exponent[:, None] + power)


def step_backward(network, layer, current, dy):
    """d loss / d X_{l-1} through the step, and the left factor of d loss / d W_l = left^T enters_weights."""
    kind = network.config["norm"]
    z, weight = current.normalized.z, network.weight(layer)
    if network.config["order"] == "linear_norm_act":
        dh = normalize_backward(kind, current.normalized, activate_backward(network, layer, z, dy), network.threshold)
        return matmul(dh, weight), dh
    dz = activate_backward(network, layer, z, matmul(dy, weight))
    return normalize_backward(kind, current.normalized, dz, network.threshold), dy


def backward(network, steps):
    """All dX_0 ... dX_L, and the left factors of the weight gradients of layers 1 ... L."""
    shape = network.x0.shape
    gradients = [Scaled(np.zeros(shape), scaled(np.zeros(shape)).exponent) for _ in range(network.depth)]
    gradients.append(scaled(network.cotangent))
    lefts = [None] * network.depth
    cancelled = [copies_cancel(network)] * network.depth + [False]
    for layer in range(network.depth, 0, -1):
        dy = gradients[layer]
        if network.mixes_at(layer) and network.config["mix"] != "none":
            s = network.filter_after(layer)
            kept = dy if s is None else matmul(dy, s)
            origin = layer - network.block
            gradients[origin] = add(gradients[origin], times(kept, network.config["alpha"]))
            cancelled[origin] &= cancelled[layer] or network.config["alpha"] == 0
            dy = times(dy, network.config["beta"])
        below, left = step_backward(network, layer, steps[layer - 1], dy)
        # Equal rows meet equal factors in d loss / d W, so that only the sums over copies count.
        first = network.config["order"] == "linear_norm_act"
        lefts[layer - 1] = zeros_like(left) if (copies_cancel(network) if first else cancelled[layer]) else left
        gradients[layer - 1] = add(gradients[layer - 1], below)
    return gradients, lefts
