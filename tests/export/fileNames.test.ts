import { expect, test } from 'vitest'
import { exportFileName } from '../../src/export/fileNames.ts'

const name = {
  preset: 'relu-batch-norm',
  stat: 'mean_cosine',
  seed: 7,
  date: new Date(2026, 0, 5, 23, 59),
  extension: 'csv',
} as const

test('exportFileName says preset, statistic, seed and the local day', () => {
  expect(exportFileName(name)).toBe('sigprop_relu-batch-norm_mean_cosine_7_20260105.csv')
})

test('exportFileName without a preset says custom', () => {
  expect(exportFileName({ ...name, preset: null })).toContain('sigprop_custom_')
})

test('exportFileName keeps separators and strange letters out of the parts', () => {
  const strange = exportFileName({ ...name, stat: ' ../Signal & gradient\\', extension: 'svg' })
  expect(strange).toBe('sigprop_relu-batch-norm_signal-gradient_7_20260105.svg')
})
