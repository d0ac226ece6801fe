import { defineConfig } from 'vitest/config'

/** The WebGPU engine in a real browser, on a device that the processor computes: right, not fast. */
export default defineConfig({
  test: {
    include: ['tests/webgpu/**/*.e2e.ts'],
    globalSetup: ['tests/webgpu/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
