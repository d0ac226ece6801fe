/** Outside 10^-4 ... 10^4 a number is written with a power of ten. */
const PLAIN_FROM_LOG10 = -4
const PLAIN_TO_LOG10 = 4
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A whole number in superscript digits. */
export function superscript(value: number): string {
  const digits = String(Math.abs(value)).replace(
    /\d/g,
    (digit) => SUPERSCRIPTS[Number(digit)] ?? '',
  )
  return (value < 0 ? '⁻' : '') + digits
}

/** `value` to `digits` significant digits, without trailing zeros; with a power of ten only below 10^-4. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const log10 = Math.log10(Math.abs(value))
  if (value !== 0 && log10 < PLAIN_FROM_LOG10)
    return `${value < 0 ? '−' : ''}${formatLog10(log10, digits)}`
  const magnitude = value === 0 ? 0 : Math.floor(log10)
  const decimals = Math.max(0, Math.min(20, digits - 1 - magnitude))
  const text = String(Number(value.toFixed(decimals)))
  return text.replace('-', '−')
}

/**
 * The number 10^log10 in words for people, whatever its size: `0.0123`, `1.2×10⁴⁰⁰`, `0` for -Infinity,
 * an en dash for NaN.
 */
export function formatLog10(log10: number, digits = 3): string {
  if (Number.isNaN(log10)) return '–'
  if (log10 === -Infinity) return '0'
  if (log10 === Infinity) return '∞'
  if (log10 >= PLAIN_FROM_LOG10 && log10 < PLAIN_TO_LOG10) return formatNumber(10 ** log10, digits)
  const exponent = Math.floor(log10)
  const mantissa = Number((10 ** (log10 - exponent)).toPrecision(digits))
  const [m, e] = mantissa >= 10 ? [mantissa / 10, exponent + 1] : [mantissa, exponent]
  return m === 1 ? `10${superscript(e)}` : `${String(m)}×10${superscript(e)}`
}

const DIGITS_OF_A_FACTOR = 4
const MOST_DIGITS_OF_A_FACTOR = 8

/** A factor to four digits; to more, up to `most`, where those would not tell it from 1. */
export function formatFactor(value: number, most = MOST_DIGITS_OF_A_FACTOR): string {
  const text = formatNumber(value, DIGITS_OF_A_FACTOR)
  if (text !== '1' || value === 1) return text
  const telling = 1 + Math.ceil(-Math.log10(Math.abs(1 - value)))
  return formatNumber(value, Math.max(DIGITS_OF_A_FACTOR, Math.min(most, telling)))
}

const counts = new Intl.NumberFormat('en')

/** A layer, a depth, a count: whole numbers with their thousands set apart. */
export const formatCount = (count: number): string => counts.format(count)

/** A share from 0 to 1, as people say it. */
export const formatShare = (share: number): string => `${formatNumber(100 * share, 2)} %`
