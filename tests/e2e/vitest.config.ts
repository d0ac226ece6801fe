import { defineConfig } from 'vitest/config'

/**
 * The built page in a real browser. One file at a time: pages that share the cores disturb each other.
 * All files in one process, with one browser: starting either takes a second a file.
 */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.ts'],
    globalSetup: ['tests/e2e/setup.ts'],
    fileParallelism: false,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
