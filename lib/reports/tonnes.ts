/** Printed mass. METHOD §10 and UX §4.3: half-even, whole tonnes from 100 t, one decimal from 10 t, else two. */

const THOUSANDS = /\B(?=(\d{3})+(?!\d))/g

/** amount × 10^-scale rounded half-even to `decimals`, with thousands commas and a real minus. */
export const roundedDecimal = (amount: bigint, scale: number, decimals: number): string => {
  const negative = amount < 0n
  const size = negative ? -amount : amount
  const unit = 10n ** BigInt(scale - decimals)
  let units = size / unit
  const rest = (size % unit) * 2n
  if (rest > unit || (rest === unit && units % 2n === 1n)) units += 1n
  const digits = units.toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const whole = digits.slice(0, point).replace(THOUSANDS, ',')
  return `${negative && units > 0n ? '−' : ''}${whole}${decimals > 0 ? `.${digits.slice(point)}` : ''}`
}

const MG_PER_T = 9
const HUNDRED_T = 100n * 10n ** 9n
const TEN_T = 10n * 10n ** 9n

/** 3,748 · 12.7 · 3.95 · < 0.01 · 0 */
export const tonnes = (mg: bigint): string => {
  const size = mg < 0n ? -mg : mg
  if (size > 0n && size <= 5n * 10n ** 6n) return '< 0.01'
  if (size === 0n) return '0'
  return roundedDecimal(mg, MG_PER_T, size >= HUNDRED_T ? 0 : size >= TEN_T ? 1 : 2)
}

/** Exact kilograms, all six decimals, so that a column aligns: 5,508.169515 */
export const exactKilogramText = (mg: bigint): string => roundedDecimal(mg, 6, 6)
/** Exact kilowatt-hours, all nine decimals. */
export const exactKilowattHourText = (uwh: bigint): string => roundedDecimal(uwh, 9, 9)
/** Whole kilowatt-hours (METHOD §10); what is less than one says so. */
export const wholeKilowattHours = (uwh: bigint): string =>
  uwh > 0n && uwh < 500_000_000n ? '< 1' : roundedDecimal(uwh, 9, 0)
