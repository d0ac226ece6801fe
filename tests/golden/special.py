#!/usr/bin/env python3
"""Golden numbers of the special functions: python3 special.py writes special.json beside it."""
import json, pathlib
from mpmath import mp, mpf, erf, erfc, digamma, nstr

mp.dps = 50
points = [1e-300, 1e-12, 1e-4, 0.1, 0.5, 0.84, 0.85, 1.0, 1.24, 1.26, 1.9, 2.85, 2.86, 4.0, 5.9, 6.1, 9.7, 15.3, 26.5]
cdf_points = [-37.0, -30.3, -20.1, -10.7, -6.6, -3.3, -2.0, -1.1, -0.3, 0.0, 0.7, 2.2, 8.0]
digamma_points = [0.25, 0.5, 1.0, 1.4616321449683622, 2.0, 3.5, 9.99, 10.0, 64.0, 1e6]
row = lambda x, value: [x, float(nstr(value, 20))]
data = {
    'erf': [row(s * x, erf(mpf(s * x))) for x in points for s in (1, -1)],
    'erfc': [row(s * x, erfc(mpf(s * x))) for x in points for s in (1, -1)],
    'normalCdf': [row(x, erfc(-mpf(x) / mp.sqrt(2)) / 2) for x in cdf_points],
    'digamma': [row(x, digamma(mpf(x))) for x in digamma_points],
}
path = pathlib.Path(__file__).with_name('special.json')
json.dump({'made': 'python3 special.py', 'by': 'special.py', 'with': 'mpmath, 50 digits', 'data': data}, path.open('w'))
