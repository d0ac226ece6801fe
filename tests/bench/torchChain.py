"""The same chain in PyTorch, one thread: python3 torchChain.py WIDTH BATCH DEPTH prints milliseconds."""
import sys
import time

import torch

n, m, depth = map(int, sys.argv[1:4])
torch.set_num_threads(1)
weights = [torch.randn(n, n) / n**0.5 for _ in range(depth)]
x0 = torch.randn(m, n)


def chain():
    xs = [x0]
    for w in weights:
        xs.append(torch.tanh(xs[-1] @ w.T))
    g = torch.ones_like(x0)
    for w, x, before in zip(reversed(weights), reversed(xs[1:]), reversed(xs[:-1])):
        d = g * (1 - x * x)
        d.T @ before
        g = d @ w
    j = torch.eye(n)
    for w, x in zip(weights, xs[1:]):
        j = (1 - x[0] ** 2)[:, None] * (w @ j)


best = float("inf")
for _ in range(10):
    start = time.perf_counter()
    chain()
    best = min(best, time.perf_counter() - start)
print(best * 1000)
