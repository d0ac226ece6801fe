import { defineConfig, globalIgnores } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Sizes past which a file or a function is split. Blank lines and comments are not counted. */
const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }]

/** Rules for every file. A rule is an error or is absent. */
const everywhere = {
  eqeqeq: 'error',
  'no-console': 'error',
  'no-restricted-properties': [
    'error',
    {
      object: 'Math',
      property: 'random',
      message: 'Every draw comes from a seed: math/random.ts.',
    },
  ],
  'max-lines': lines(400),
  'max-lines-per-function': lines(60),
  complexity: ['error', 12],
  'max-depth': ['error', 3],
  'max-params': ['error', 4],
}

const typed = {
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // `_` names what a pattern must take out and nobody reads.
  '@typescript-eslint/no-unused-vars': [
    'error',
    { varsIgnorePattern: '^_$', argsIgnorePattern: '^_' },
  ],
}

export default defineConfig(
  // AssemblyScript only looks like TypeScript: its own compiler checks it.
  globalIgnores(['dist', 'src/engine/wasm/assembly', 'src/engine/wasm/build', '.cache']),
  { rules: everywhere, linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, reactHooks.configs.flat.recommended],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: typed,
  },
  {
    // Numeric loops index within bounds that the loop itself states.
    files: ['src/{base,math,model,theory,engine,charts,export}/**', 'tests/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // A battery over a table is one `describe` with all its promises.
    files: ['tests/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['src/**'],
    ignores: ['src/engine/client.ts', 'src/engine/nestedWorker.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Worker"]',
          message:
            'Workers start in engine/client.ts, and workers of workers in engine/nestedWorker.ts.',
        },
      ],
    },
  },
  {
    files: ['src/cli/**', 'tests/run.mjs', 'tests/{bench,e2e,papers}/**', 'src/**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
)
