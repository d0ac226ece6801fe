import type { InitializationId } from '../../model/initializations.ts'
import type { InputId } from '../../model/inputs.ts'
import { roles } from '../../model/streams.ts'
import { indented, lines } from './pythonText.ts'
import type { Traits } from './traits.ts'

/** W of layer `at`, [n, n], from the seed. */
const WEIGHTS: Readonly<Record<InitializationId, (at: string) => string>> = {
  gaussian: (at) =>
    lines(
      `w = normals(self.seed, WEIGHT, ${at}, WIDTH**2).reshape(WIDTH, WIDTH)`,
      'return SW / np.sqrt(WIDTH) * w',
    ),
  uniform: (at) =>
    lines(
      `w = uniforms(self.seed, WEIGHT, ${at}, WIDTH**2).reshape(WIDTH, WIDTH)`,
      'return SW * np.sqrt(3 / WIDTH) * w',
    ),
  orthogonal: (at) => `return SW * haar(self.seed, WEIGHT, ${at}, WIDTH)`,
  looks_linear: (at) =>
    lines(
      `o = SW * haar(self.seed, WEIGHT, ${at}, WIDTH // 2)`,
      'return np.block([[o, -o], [-o, o]])',
    ),
}

/** X_0, [m, n], from the seed. */
const INPUTS: Readonly<Record<InputId, string>> = {
  gaussian: 'return normals(self.seed, INPUT, 0, BATCH * WIDTH).reshape(BATCH, WIDTH)',
  correlated: lines(
    'shared = normals(self.seed, SHARED_INPUT, 0, WIDTH)',
    'own = normals(self.seed, INPUT, 0, BATCH * WIDTH).reshape(BATCH, WIDTH)',
    'return np.sqrt(RHO) * shared + np.sqrt(1 - RHO) * own',
  ),
  circle: lines(
    'e1, e2 = normals(self.seed, INPUT, 0, 2 * WIDTH).reshape(2, WIDTH)',
    'e1 = e1 / np.sqrt(np.mean(e1**2))',
    'e2 = e2 - np.mean(e1 * e2) * e1',
    'e2 = e2 / np.sqrt(np.mean(e2**2))',
    'angle = 2 * np.pi * np.arange(BATCH)[:, None] / BATCH',
    'return np.cos(angle) * e1 + np.sin(angle) * e2',
  ),
  repeated: lines(
    'rows = normals(self.seed, INPUT, 0, DISTINCT * WIDTH).reshape(DISTINCT, WIDTH)',
    'return rows[np.arange(BATCH) % DISTINCT]',
  ),
  digits:
    'raise SystemExit("handwritten digits are no random numbers: give the exported .npz file")',
}

const ROLE_NAMES = {
  weight: 'WEIGHT',
  bias: 'BIAS',
  filter: 'FILTER',
  input: 'INPUT',
  sharedInput: 'SHARED_INPUT',
  cotangent: 'COTANGENT',
} as const

function roleLine(traits: Traits): string {
  const { config, hasBias, filter } = traits
  const isUsed = {
    weight: true,
    bias: hasBias,
    filter: filter === 'orthogonal',
    input: config.data !== 'digits',
    sharedInput: config.data === 'correlated',
    cotangent: true,
  }
  const used = (Object.keys(ROLE_NAMES) as (keyof typeof ROLE_NAMES)[]).filter((id) => isUsed[id])
  const names = used.map((id) => ROLE_NAMES[id]).join(', ')
  return `${names} = ${used.map((id) => roles[id]).join(', ')}  # what is drawn, for the generator's key`
}

interface Method {
  /** Is the last result kept? The backward pass asks twice for what is cheap to keep and slow to draw. */
  readonly isKept?: boolean
  readonly signature: string
  readonly meaning: string
  /** How the array is taken from the file. */
  readonly stored: string
  readonly drawn: string
}

const method = ({ isKept = false, signature, meaning, stored, drawn }: Method) =>
  lines(
    '',
    isKept && '    @functools.lru_cache(maxsize=2)',
    `    def ${signature}:`,
    `        """${meaning}"""`,
    '        if self.arrays is not None:',
    `            return ${stored}`,
    indented(drawn, 8),
  )

function methodsOf({ config, hasBias, filter }: Traits): readonly Method[] {
  const isTied = config.tied === 1
  const [at, index] = isTied ? ['1', '0'] : ['layer', 'layer - 1']
  const [blockAt, blockIndex] = isTied ? ['1', '0'] : ['block', 'block - 1']
  const all: readonly (Method | false)[] = [
    {
      signature: 'inputs(self)',
      meaning: 'X_0, [BATCH, WIDTH]: a sample a row.',
      stored: 'self.arrays["x0"]',
      drawn: INPUTS[config.data],
    },
    {
      isKept: true,
      signature: 'weight(self, layer)',
      meaning: `W of a layer, [out, in]${isTied ? ': the same one for all' : ''}.`,
      stored: `self.arrays["w"][${index}]`,
      drawn: WEIGHTS[config.init](at),
    },
    hasBias && {
      signature: 'bias(self, layer)',
      meaning: 'b of a layer.',
      stored: `self.arrays["b"][${index}]`,
      drawn: `return SB * normals(self.seed, BIAS, ${at}, WIDTH)`,
    },
    filter === 'orthogonal' && {
      signature: 'filter(self, block)',
      meaning: 'S of a block of layers, orthogonal.',
      stored: `self.arrays["s"][${blockIndex}]`,
      drawn: `return haar(self.seed, FILTER, ${blockAt}, WIDTH)`,
    },
    {
      signature: 'cotangent(self)',
      meaning: 'C, the gradient of the loss sum(X_L * C) at the last layer.',
      stored: 'self.arrays["cotangent"]',
      drawn: 'return normals(self.seed, COTANGENT, 0, BATCH * WIDTH).reshape(BATCH, WIDTH)',
    },
  ]
  return all.filter((one) => one !== false)
}

/** The arrays of the network, from the exported file or from the seed. */
export function networkSection(traits: Traits): string {
  return lines(
    roleLine(traits),
    '',
    '',
    'class Network:',
    '    """Every array of the network: from an exported file, or drawn from the seed when asked for."""',
    '',
    '    def __init__(self, seed, path=None):',
    '        self.seed = seed',
    '        self.arrays = None',
    '        if path is not None:',
    '            with np.load(path) as file:',
    '                self.arrays = {name: file[name].astype(np.float64) for name in file.files}',
    ...methodsOf(traits).map(method),
  )
}
