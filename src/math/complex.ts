/** Complex numbers, as few operations as are needed. */
export interface Complex {
  readonly re: number
  readonly im: number
}

export const complex = (re: number, im = 0): Complex => ({ re, im })

export const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im })

export const subtract = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im })

export const scale = (factor: number, a: Complex): Complex => ({
  re: factor * a.re,
  im: factor * a.im,
})

export const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
})

/** NaN or infinite where b is 0. */
export function divide(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im
  return {
    re: (a.re * b.re + a.im * b.im) / size,
    im: (a.im * b.re - a.re * b.im) / size,
  }
}

export const modulus = (a: Complex): number => Math.hypot(a.re, a.im)

export function exp(a: Complex): Complex {
  const size = Math.exp(a.re)
  return { re: size * Math.cos(a.im), im: size * Math.sin(a.im) }
}

/** exp(a) - 1, right where a is small. */
export function expm1(a: Complex): Complex {
  const half = Math.sin(a.im / 2)
  return {
    re: Math.expm1(a.re) * Math.cos(a.im) - 2 * half * half,
    im: Math.exp(a.re) * Math.sin(a.im),
  }
}

/** Principal branch: imaginary part in (-pi, pi]. */
export const ln = (a: Complex): Complex => ({
  re: Math.log(modulus(a)),
  im: Math.atan2(a.im, a.re),
})
