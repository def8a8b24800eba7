import { exactKilograms } from '@/lib/units/format'

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',')

/** mg → kilograms to the milligram, never rounded: `8,837.123456`. */
export const kilogramsToTheMilligram = (mg: string | bigint | null): string | null => {
  if (mg === null) return null
  const [whole = '0', fraction = ''] = exactKilograms(BigInt(mg)).split('.')
  return `${grouped(whole).replace('-', '−')}.${fraction.padEnd(6, '0')}`
}

const WATT_HOURS = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 })
/** µWh → kilowatt-hours with three decimals. */
export const kilowattHours = (uwh: string | bigint | null): string | null =>
  uwh === null ? null : WATT_HOURS.format(Number(uwh) / 1e9)
