"""Recomputes every statistic of a simulate report from the exported network alone, and says how far they are apart.

    recompute.py REPORT.json NETWORK.npz [REPORT.json NETWORK.npz ...]

Prints a JSON list, one record a pair: {"worst": {statistic: {"difference", "layer"}}, "kinds": [what is null, infinite or
missing on one side only], "facts": what helps to judge}. Differences are absolute: of log10, of cosines, of ratios.
"""

import json
import math
import sys

import numpy as np

from passes import load
from spectra import spectra
from statistics_rows import SINGULAR, recompute

# The rule of singularity is a threshold: this far around it either answer stands.
THRESHOLD_FACTOR = 4.0
FLOAT32_EIGENVALUE = 1e-5
# A sum that is left with less than this many collapsed norms of its summands is mostly rounding.
UNRESOLVED = 100.0
WORDS = {"Infinity": math.inf, "-Infinity": -math.inf}


def value(entry):
    return WORDS.get(entry, entry) if isinstance(entry, str) else entry


def kind(number):
    """What a value is: null, a word that is no value, inf, -inf, nan or a number."""
    if number is None or isinstance(number, str):
        return str(number)
    return "number" if math.isfinite(number) else str(float(number))


class Verdict:
    def __init__(self):
        self.worst, self.kinds = {}, []

    def see(self, name, where, expected, got, difference=None):
        got = value(got)
        if kind(expected) != kind(got):
            self.kinds.append(f"{name} at {where}: expected {expected}, got {got}")
            return
        if kind(expected) != "number":
            return
        apart = abs(expected - got) if difference is None else difference
        if apart > self.worst.get(name, {"difference": -1})["difference"]:
            self.worst[name] = {"difference": float(apart), "layer": where}


def near_threshold(network, ratio):
    """Whether the gap's rule could go either way: within float32's own noise where the engine ran in float32."""
    if network.threshold > 1e-10:
        return ratio < FLOAT32_EIGENVALUE
    limit = SINGULAR * len(network.x0)
    return limit / THRESHOLD_FACTOR < ratio < limit * THRESHOLD_FACTOR


def compare_rows(verdict, network, rows, layers):
    ratios, shares = rows.pop("smallest_over_largest"), rows.pop("weight_gradient_left")
    for name, expected in rows.items():
        got = layers.get(name)
        if got is None or len(got) != network.depth + 1:
            verdict.kinds.append(f"{name}: expected {network.depth + 1} entries, got {got and len(got)}")
            continue
        for layer, (want, have) in enumerate(zip(expected, got)):
            if name == "isometry_gap" and near_threshold(network, ratios[layer]):
                continue
            if name == "log10_weight_gradient_norm" and shares[layer] < UNRESOLVED * network.threshold:
                continue
            verdict.see(name, layer, want, have)
    for name in layers.keys() - rows.keys():
        verdict.kinds.append(f"{name}: a row the contract does not name")


def compare_summary(verdict, expected, got):
    for name, want in expected.items():
        have = got.get(name)
        both = want is not None and have is not None
        # By the logarithm, so that it is the error of a fitted slope whatever the growth.
        verdict.see(name, "summary", want, have, abs(math.log(want / have)) if both else None)


def compare_spectra(verdict, network, steps, got):
    if not got:
        return "none asked for"
    expected = spectra(network, steps, [entry["layer"] for entry in got])
    if expected is None:
        return "needs too many digits"
    for entry in got:
        layer, have = entry["layer"], [value(v) for v in entry["log10_singular_values"]]
        want = expected[layer]
        if len(have) != len(want):
            verdict.kinds.append(f"spectrum of layer {layer}: expected {len(want)} values, got {len(have)}")
            continue
        if have != sorted(have, reverse=True):
            verdict.kinds.append(f"spectrum of layer {layer}: not sorted, largest first")
        for rank, (w, h) in enumerate(zip(want, have)):
            verdict.see("spectra", f"{layer}, value {rank + 1}", w, h)
    return "compared"


def facts(network, rows):
    finite = [v for v in rows["log10_gradient_rms"] if math.isfinite(v)]
    return {
        "dtype": "float32" if network.threshold > 1e-10 else "float64",
        "gradient_log10_range": max(finite) - min(finite),
        "max_log10_gsc": max((v for v in rows["log10_gsc"] if v is not None), default=None),
    }


def judge(report, arrays):
    network = load(report, arrays)
    rows, totals, steps = recompute(network)
    verdict = Verdict()
    known = facts(network, rows)
    compare_rows(verdict, network, rows, report["layers"])
    compare_summary(verdict, totals, report["summary"])
    known["spectra"] = compare_spectra(verdict, network, steps, report.get("spectra", []))
    return {"worst": verdict.worst, "kinds": verdict.kinds, "facts": known}


def main(paths):
    if not paths or len(paths) % 2:
        sys.exit("recompute.py: expects pairs REPORT.json NETWORK.npz")
    verdicts = []
    for report_path, network_path in zip(paths[::2], paths[1::2]):
        with open(report_path, encoding="utf-8") as file:
            report = json.load(file)
        verdicts.append(judge(report, np.load(network_path)))
    print(json.dumps(verdicts))


if __name__ == "__main__":
    main(sys.argv[1:])
