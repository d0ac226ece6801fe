import { describe, expect, it } from 'vitest'
import { fitOf } from '../../src/charts/parts/fit.ts'
import { FIT } from '../tolerances.ts'

const layers = Array.from({ length: 80 }, (_, i) => 10 + i)
const logOf = (layer: number) => Math.log10(1 + layer)

describe('fitOf(values, layers, placeOf)', () => {
  it('finds the slope of a straight line, lies on it and misses nothing', () => {
    const line = Float64Array.from({ length: 101 }, (_, l) => 3 - 0.25 * l)
    const fit = fitOf(line, layers, (layer) => layer)
    expect(fit?.slope).toBeCloseTo(-0.25, FIT)
    expect(fit?.row[10]).toBeCloseTo(0.5, FIT)
    expect(fit?.row[9]).toBeNaN()
    expect(fit?.miss).toBeCloseTo(0, FIT)
  })

  it('tells a power law from an exponential by what it misses', () => {
    const power = Float64Array.from({ length: 101 }, (_, l) => -2 * logOf(l))
    const asPower = fitOf(power, layers, logOf)
    expect(asPower?.slope).toBeCloseTo(-2, FIT)
    expect(asPower?.miss).toBeCloseTo(0, FIT)
    expect(fitOf(power, layers, (layer) => layer)?.miss).toBeGreaterThan(0.05)
  })

  it('is none where a value is infinite or does not exist, or there is one layer', () => {
    const row = new Float64Array(101)
    row[50] = -Infinity
    expect(fitOf(row, layers, logOf)).toBeNull()
    row[50] = NaN
    expect(fitOf(row, layers, logOf)).toBeNull()
    expect(fitOf(row, [3], logOf)).toBeNull()
  })
})
