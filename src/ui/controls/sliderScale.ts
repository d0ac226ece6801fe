import type { Range } from '../../model/field.ts'
import type { Control } from './controls.ts'

/** How a slider's thumb and a value belong together. */
export interface SliderScale {
  readonly min: number
  readonly max: number
  readonly step: number
  readonly toThumb: (value: number) => number
  readonly toValue: (thumb: number) => number
}

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value))

function linear(field: Range, max: number, step: number): SliderScale {
  const decimals = Math.max(0, -Math.floor(Math.log10(step)))
  return {
    min: field.min,
    max,
    step,
    toThumb: (value) => clamp(value, field.min, max),
    toValue: (thumb) => Number(thumb.toFixed(decimals)),
  }
}

/** A value between two stops stands between them in proportion. */
function stopping(stops: readonly number[]): SliderScale {
  const at = (i: number) => stops[i] ?? NaN
  return {
    min: 0,
    max: stops.length - 1,
    step: 1,
    toThumb: (value) => {
      const next = stops.findIndex((stop) => stop >= value)
      if (next <= 0) return Math.max(0, next)
      return next - (at(next) - value) / (at(next) - at(next - 1))
    },
    toValue: (thumb) => at(Math.round(thumb)),
  }
}

/** The slider of a numeric key; null where a number box alone makes sense. `top`: the highest legal value now. */
export function sliderScaleOf(field: Range, control: Control, top: number): SliderScale | null {
  const { slider, stops } = control
  if (stops) return stopping([...stops.filter((stop) => stop < top), top])
  return slider ? linear(field, slider.max, slider.step) : null
}
