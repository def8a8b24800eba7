import { isoInstant } from './time'

/** A figure ready for a screen or a page: digits and unit apart, so that type can be set for each. */
export interface FigureText {
  value: string
  unit: string
}

export type MassUnit = 'mg' | 'g' | 'kg' | 't'
export type EnergyUnitName = 'Wh' | 'kWh' | 'MWh' | 'GWh'

const THIN = '\u202f'
const MASS_MG: Record<MassUnit, number> = { mg: 1, g: 1e3, kg: 1e6, t: 1e9 }
const ENERGY_UWH: Record<EnergyUnitName, number> = { Wh: 1e6, kWh: 1e9, MWh: 1e12, GWh: 1e15 }

const numeral = (value: number, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat('en', {
    roundingMode: 'halfEven',
    signDisplay: 'negative',
    ...options,
  } as Intl.NumberFormatOptions)
    .format(value)
    .replace('-', '−')

/** Three significant figures, whole numbers kept whole from 100 on (METHOD §10). 0.2346 → 0.235, 12.69, 3,748. */
export const threeFigures = (value: number): string => {
  if (value === 0) return '0'
  return Math.abs(value) >= 100
    ? numeral(value, { maximumFractionDigits: 0 })
    : numeral(value, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
}

/** The unit in which the largest of a column or an axis reads well: one unit per column. */
export const massUnitFor = (mg: number | bigint): MassUnit => {
  const size = Math.abs(Number(mg))
  return size >= 1e9 ? 't' : size >= 1e6 ? 'kg' : size >= 1e3 || size === 0 ? 'g' : 'mg'
}
export const energyUnitFor = (uwh: number | bigint): EnergyUnitName => {
  const size = Math.abs(Number(uwh))
  return size >= 1e15 ? 'GWh' : size >= 1e12 ? 'MWh' : size >= 1e9 ? 'kWh' : 'Wh'
}

export const formatMass = (mg: number | bigint | null, unit: MassUnit | 'auto' = 'auto'): FigureText | null => {
  if (mg === null) return null
  const chosen = unit === 'auto' ? massUnitFor(mg) : unit
  return { value: threeFigures(Number(mg) / MASS_MG[chosen]), unit: chosen }
}

export const formatEnergy = (
  uwh: number | bigint | null,
  unit: EnergyUnitName | 'auto' = 'auto',
): FigureText | null => {
  if (uwh === null) return null
  const chosen = unit === 'auto' ? energyUnitFor(uwh) : unit
  return { value: threeFigures(Number(uwh) / ENERGY_UWH[chosen]), unit: chosen }
}

export const formatIntensity = (gPerKwh: number | null): FigureText | null =>
  gPerKwh === null ? null : { value: threeFigures(gPerKwh), unit: 'g/kWh' }

export const formatRatio = (ratio: number | null, digits = 3): string | null =>
  ratio === null ? null : numeral(ratio, { minimumFractionDigits: digits, maximumFractionDigits: digits })

export const formatPercent = (share: number | null): string | null => {
  if (share === null) return null
  if (share > 0 && share < 0.001) return `< 0.1${THIN}%`
  return `${numeral(share * 100, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}${THIN}%`
}

export const formatCount = (count: number | bigint): string => numeral(Number(count), { maximumFractionDigits: 0 })

/** `14 Nov 2026` */
export const formatDay = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso),
  )

/** `14 Nov 2026 06:10` in UTC */
export const formatInstant = (iso: string): string => {
  const text = isoInstant(Date.parse(iso))
  return `${formatDay(text)} ${text.slice(11, 16)}`
}

/** A bigint of a small unit as an exact decimal of a larger one: exports never round. 12000000n, 6 → "12"; 1n, 9 → "0.000000001". */
export const exactDecimal = (amount: bigint, decimals: number): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const whole = digits.slice(0, point)
  const fraction = digits.slice(point).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}
/** mg → kg as an exact decimal string. */
export const exactKilograms = (mg: bigint): string => exactDecimal(mg, 6)
/** µWh → kWh as an exact decimal string. */
export const exactKilowattHours = (uwh: bigint): string => exactDecimal(uwh, 9)
