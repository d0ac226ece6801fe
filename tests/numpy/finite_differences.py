"""Checks the oracle's own backward pass against central differences of its own forward pass.

Prints the worst relative error over random directions at X_0, at every X_l and at every W_l, as JSON.
"""

import dataclasses
import itertools
import json

import numpy as np

from passes import DOUBLE, Network, backward, forward
from scaled import Scaled

STEP = 1e-5
SMOOTH = ("tanh", "gelu", "silu", "mish", "softplus", "sigmoid", "erf", "sin", "arctan", "linear")
PIECEWISE = ("relu", "leaky_relu", "elu", "selu", "hard_tanh", "softsign", "abs")
NORMS = ("none", "batch", "batch_uncentered", "layer", "rms")
ORDERS = ("linear_norm_act", "norm_act_linear")
MIXES = (("none", 1), ("skip", 1), ("orthogonal", 1), ("skip", 3), ("orthogonal", 2))


def draw(rng, act, norm, order, mix, branch, depth=6, width=5, batch=4):
    tied = bool(rng.integers(2))
    count = 1 if tied else depth
    config = dict(depth=depth, width=width, batch=batch, act=act, slope=0.2, norm=norm, order=order, mix=mix)
    config |= dict(branch=branch, alpha=0.8, beta=0.6, gain=1.3, gain_decay=0.2)
    if mix == "none":
        config |= dict(alpha=0.0, beta=1.0)
    blocks = 1 if tied else depth // branch
    return Network(
        config=config,
        a=1.2,
        b=0.1,
        x0=rng.standard_normal((batch, width)),
        w=rng.standard_normal((count, width, width)) / np.sqrt(width),
        bias=0.3 * rng.standard_normal((count, width)),
        s=np.linalg.qr(rng.standard_normal((blocks, width, width)))[0] if mix == "orthogonal" else None,
        cotangent=rng.standard_normal((batch, width)),
        threshold=DOUBLE,
        distinct=batch,
    )


def plain(a: Scaled):
    return np.ldexp(a.mantissa, np.maximum(a.exponent, -1000)[:, None].astype(int))


def loss(network, nudges=None):
    return np.sum(plain(forward(network, nudges)[0][-1]) * network.cotangent)


def slope(of):
    return (of(STEP) - of(-STEP)) / (2 * STEP)


def compare(expected, got, scale):
    return abs(expected - got) / max(scale, 1e-12)


def worst_error(network, rng):
    xs, steps = forward(network)
    gradients, lefts = backward(network, steps)
    worst = 0.0
    for layer in range(network.depth + 1):
        direction = rng.standard_normal(network.x0.shape)
        got = slope(lambda t: loss(network, {layer: t * direction}))
        gradient = plain(gradients[layer])
        worst = max(worst, compare(np.sum(gradient * direction), got, np.linalg.norm(gradient)))
    if len(network.w) > 1:
        for layer in range(1, network.depth + 1):
            direction = rng.standard_normal(network.w[0].shape)
            gradient = plain(lefts[layer - 1]).T @ plain(steps[layer - 1].enters_weights)

            def moved(t, layer=layer, direction=direction):
                w = network.w.copy()
                w[layer - 1] += t * direction
                return loss(dataclasses.replace(network, w=w))

            worst = max(worst, compare(np.sum(gradient * direction), slope(moved), np.linalg.norm(gradient)))
    return worst


def main():
    rng = np.random.default_rng(7)
    acts = itertools.cycle(SMOOTH)
    errors = {}
    for norm, order, (mix, branch) in itertools.product(NORMS, ORDERS, MIXES):
        network = draw(rng, next(acts), norm, order, mix, branch)
        errors[f"{network.config['act']} {norm} {order} {mix} {branch}"] = worst_error(network, rng)
    for act in PIECEWISE + SMOOTH:
        errors[f"{act} batch linear_norm_act skip 2"] = worst_error(draw(rng, act, "batch", ORDERS[0], "skip", 2), rng)
    worst = max(errors, key=errors.get)
    print(json.dumps({"cases": len(errors), "worst": errors[worst], "at": worst}))


if __name__ == "__main__":
    main()
