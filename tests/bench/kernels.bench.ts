// Speed of the WebAssembly layer kernels on one core: npx tsx tests/bench/kernels.bench.ts
// Relaxed SIMD, where Node hides it: node --experimental-wasm-relaxed-simd --import tsx tests/bench/kernels.bench.ts
import { Arena } from '../../src/engine/wasm/arena.ts'
import { loadLayerKernels } from '../../src/engine/wasm/kernels.ts'
import { activationIds } from '../../src/model/activations.ts'

const kernels = await loadLayerKernels()
const arena = new Arena(kernels.memory, kernels.heapBase())

/** Milliseconds of one call: the best of many batches, which is the one least disturbed. */
function bestMs(call: () => void): number {
  let repeats = 1
  const timed = () => {
    const start = performance.now()
    for (let i = 0; i < repeats; i++) call()
    return (performance.now() - start) / repeats
  }
  while (timed() * repeats < 2) repeats *= 2
  let best = Infinity
  for (let batch = 0; batch < 60; batch++) best = Math.min(best, timed())
  return best
}

const report = (name: string, value: number, unit: string) => {
  console.log(`${name.padEnd(42)} ${value.toFixed(value < 10 ? 2 : 1).padStart(8)} ${unit}`)
}

/** A float32 matrix of normals. */
function drawn(entries: number): number {
  const at = arena.take(4 * entries)
  kernels.fillNormals(at, entries, 1, 1, entries, 1)
  return at
}

const sizes: readonly [m: number, n: number, k: number][] = [
  [32, 128, 128],
  [64, 128, 128],
  [128, 128, 128],
  [256, 256, 256],
  [64, 512, 512],
  [512, 512, 512],
  [64, 1024, 1024],
]

for (const [m, n, k] of sizes) {
  const mark = arena.mark()
  const [a, b, c] = [drawn(m * k), drawn(n * k), drawn(m * n)]
  const products: Readonly<Record<string, () => void>> = {
    'A B^T': () => {
      kernels.gemmTransposed(a, k, 1, b, k, c, n, m, n, k, 0)
    },
    'A B': () => {
      kernels.gemm(a, k, 1, b, n, c, n, m, n, k, 0)
    },
    'A^T B': () => {
      kernels.gemm(a, 1, m, b, n, c, n, m, n, k, 0)
    },
  }
  for (const [name, call] of Object.entries(products))
    report(`${name} (${m}, ${n}, ${k})`, (2e-6 * m * n * k) / bestMs(call), 'GFLOP/s')
  arena.release(mark)
}

const count = 128 * 128
const out = drawn(count)
const perEntry = (ms: number, entries: number) => (1e6 * ms) / entries
const normalMs = bestMs(() => {
  kernels.fillNormals(out, count, 1, 1, 1, 1)
})
report('normal', perEntry(normalMs, count), 'ns')
const uniformMs = bestMs(() => {
  kernels.fillUniforms(out, count, 1, 1, 1, 1)
})
report('uniform', perEntry(uniformMs, count), 'ns')

for (const n of [64, 128, 256, 512, 1024]) {
  const mark = arena.mark()
  const [q, scratch] = [drawn(n * n), arena.take(kernels.haarScratchBytes(n))]
  const ms = bestMs(() => {
    kernels.haar(q, n, scratch, 1, 1, 1, 1)
  })
  report(`Haar ${n}`, 1000 * ms, 'us')
  arena.release(mark)
}

const [m, n] = [64, 128]
const [z, y, dz] = [drawn(m * n), drawn(m * n), drawn(m * n)]
for (const [kind, id] of activationIds.entries()) {
  const forward = bestMs(() => {
    kernels.activate(z, y, m * n, kind, 0.01, 1, 1, 0)
  })
  const backward = bestMs(() => {
    kernels.activateBackward(y, z, dz, m * n, kind, 0.01, 1, 1)
  })
  report(`${id}, forward`, perEntry(forward, m * n), 'ns per entry')
  report(`${id}, backward`, perEntry(backward, m * n), 'ns per entry')
}

const [means, inverses, sums] = [arena.take(8 * n), arena.take(8 * n), arena.take(64)]
const microseconds: Readonly<Record<string, () => void>> = {
  'sum of squares (64, 128)': () => kernels.sumOfSquares(z, m * n),
  'combine (64, 128)': () => {
    kernels.combine(0.5, z, 0.5, y, dz, m * n)
  },
  'bias (64, 128)': () => {
    kernels.addBias(y, z, m, n, 1, 1)
  },
  'batch normalization (64, 128)': () => {
    kernels.normalize(z, dz, n, 1, m, n, 1, means, inverses)
  },
  'batch normalization backward (64, 128)': () => {
    kernels.normalizeBackward(y, z, dz, n, 1, m, n, 1, inverses)
  },
  'layer normalization (64, 128)': () => {
    kernels.normalize(z, dz, m, n, n, 1, 1, means, inverses)
  },
  'layer normalization backward (64, 128)': () => {
    kernels.normalizeBackward(y, z, dz, m, n, n, 1, 1, inverses)
  },
  'statistics of Z (64, 128)': () => {
    kernels.preactivationSums(z, m, n, sums)
  },
  'Gram matrix (64, 128)': () => {
    kernels.gram(z, m, n, wide, gram)
  },
  'cosines of a Gram matrix (64)': () => {
    kernels.gramSums(gram, m, norms, sums)
  },
  'Cholesky of a Gram matrix (64)': () => {
    kernels.cholesky(gram, m, wide, sums)
  },
}
const [gram, norms] = [arena.take(8 * m * m), arena.take(8 * m)]
const wide = arena.take(kernels.gramScratchBytes(m, n))
for (const [name, call] of Object.entries(microseconds)) report(name, 1000 * bestMs(call), 'us')
