import { EngineError } from './errors.ts'

/** An adapter that could be used, before anything is loaded or created for it. */
export interface FoundAdapter {
  readonly adapter: GPUAdapter
  /** Maker, architecture and name, as far as the browser tells. */
  readonly description: string
  /** Software in place of a GPU: right, but slower than the wasm engine. */
  readonly isFallback: boolean
}

/** Name of the npm package that brings WebGPU to Node; kept out of package.json, so not a literal import. */
const NODE_PACKAGE = 'webgpu'

/** What is needed of that package. */
interface NodeGpuModule {
  readonly create: (flags: readonly string[]) => GPU
  readonly globals: object
}

/** Asks the machine for a WebGPU adapter. Throws EngineError 'no-webgpu' with words that say what is missing. */
export async function findAdapter(): Promise<FoundAdapter> {
  const gpu = inBrowser() ? browserGpu() : await nodeGpu()
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter)
    throw new EngineError('no-webgpu', 'WebGPU found no adapter: no usable GPU or driver')
  return { adapter, description: describe(adapter.info), isFallback: isFallback(adapter) }
}

const inBrowser = () => 'isSecureContext' in globalThis

function browserGpu(): GPU {
  if (!isSecureContext)
    throw new EngineError('no-webgpu', 'WebGPU needs a secure page: https, or localhost')
  const gpu = (navigator as Partial<Pick<Navigator, 'gpu'>>).gpu
  if (!gpu) throw new EngineError('no-webgpu', 'this browser has no WebGPU')
  return gpu
}

/** Dawn's GPU, put where tfjs looks for one. The same for the life of the process. */
async function nodeGpu(): Promise<GPU> {
  const global = globalThis as { navigator?: { gpu?: GPU } }
  if (global.navigator?.gpu) return global.navigator.gpu
  const { create, globals } = await importNodeGpu()
  Object.assign(globalThis, globals)
  const gpu = create([])
  if (global.navigator) Object.defineProperty(global.navigator, 'gpu', { value: gpu })
  else Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
  return gpu
}

async function importNodeGpu(): Promise<NodeGpuModule> {
  try {
    return (await import(/* @vite-ignore */ NODE_PACKAGE)) as NodeGpuModule
  } catch (error) {
    const cause = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new EngineError(
      'no-webgpu',
      `Node has no WebGPU of its own: npm install --no-save ${NODE_PACKAGE} brings it (${cause})`,
    )
  }
}

function describe(info: GPUAdapterInfo): string {
  const words = [info.vendor, info.architecture, info.description].filter((word) => word !== '')
  return words.length > 0 ? words.join(' ') : 'unnamed adapter'
}

/** The flag moved from the adapter to its info; software adapters are also known by name. */
function isFallback(adapter: {
  readonly isFallbackAdapter?: boolean
  readonly info: GPUAdapterInfo
}) {
  const info: { readonly isFallbackAdapter?: boolean } = adapter.info
  const isFlagged = info.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false
  return isFlagged || /swiftshader|llvmpipe|basic render/i.test(describe(adapter.info))
}
