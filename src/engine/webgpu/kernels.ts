import type { Kernel } from './kernel.ts'
import { applyReflections } from './kernels/applyReflections.ts'
import { columns } from './kernels/columns.ts'
import { copy } from './kernels/copy.ts'
import { drawReflections } from './kernels/drawReflections.ts'
import { drawWeights } from './kernels/drawWeights.ts'
import { gram } from './kernels/gram.ts'
import { orthogonalize } from './kernels/orthogonalize.ts'
import { product } from './kernels/product.ts'
import { report } from './kernels/report.ts'
import { reportBackward } from './kernels/reportBackward.ts'
import { spread } from './kernels/spread.ts'
import { weightGradient } from './kernels/weightGradient.ts'
import { words } from './kernels/words.ts'
import { backwardKernel } from './kernels/backward.ts'
import { forwardKernel } from './kernels/forward.ts'
import { shapes } from './kernels/stepShape.ts'

/** Every program that a network may need, to be compiled before one does. */
export const allKernels: readonly Kernel[] = [
  applyReflections,
  columns,
  copy,
  drawReflections,
  drawWeights,
  gram,
  orthogonalize,
  product,
  report,
  reportBackward,
  spread,
  weightGradient,
  words,
  ...shapes.map(forwardKernel),
  ...shapes.map(backwardKernel),
]
