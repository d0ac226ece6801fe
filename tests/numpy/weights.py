"""log10 of the singular values of every W of saved networks, largest first."""

import json
import sys

import numpy as np


def main(paths):
    if not paths:
        sys.exit("weights.py: expects NETWORK.npz ...")
    values = [np.linalg.svd(np.load(path)["w"].astype(np.float64), compute_uv=False) for path in paths]
    print(json.dumps([np.log10(v).tolist() for v in values]))


if __name__ == "__main__":
    main(sys.argv[1:])
