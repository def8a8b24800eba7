import type { FactorEffect } from '@/lib/contracts/factors'
import { FACTOR_KINDS, kindLabel } from '@/lib/factors/factor-kinds'
import { formatMass } from '@/lib/units/format'

export const KIND_LABELS: Record<string, string> = Object.fromEntries(
  FACTOR_KINDS.map((kind) => [kind, kindLabel(kind)]),
)

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 10 })
/** As published: nothing is rounded away. */
export const factorNumber = (value: number): string => number.format(value).replace('-', '−')

/** `±15 %`; ours are marked as such beside it. */
export const spreadWords = (u95: number | null): string | null =>
  u95 === null ? null : `±${number.format(Number((u95 * 100).toPrecision(3)))}\u202f%`

const STATUS: Record<string, string> = {
  verified: 'Verified',
  'verified-secondary': 'Verified, second hand',
  'verified-secondary (outdated vintage)': 'Outdated',
  'verified (measured mean, not TDP)': 'Verified, measured mean',
  'partly-verified': 'Partly verified',
  recalled: 'Unverified',
  derived: 'Derived',
  proxy: 'Proxy',
  estimate: 'Estimate',
  conflict: 'Sources differ',
  suspect: 'Suspect, not used',
  'not-found': 'Not found',
  'not-published': 'None published',
  register: 'Register only',
  withdrawn: 'Withdrawn',
  supplier: 'Supplier',
  licensed: 'Licensed',
}
export const statusWords = (status: string): string =>
  STATUS[status] ?? status.charAt(0).toUpperCase() + status.slice(1).replaceAll('-', ' ')

/** What wants a second look before it is relied on. */
export const isFirm = (status: string): boolean =>
  /^(verified|verified-secondary|verified \(measured.*|supplier|licensed|derived|register)$/.test(status)

export const basisWords = (basis: string | null): string | null =>
  basis === null
    ? null
    : ({ direct: 'Direct', lifecycle: 'Life cycle', residual: 'Residual', supplier: 'Supplier' }[basis] ?? basis)

/** `2025`, `2024-01-01 to 2024-12-31`, or null. */
export const validityWords = (row: {
  year: number | null
  valid_from: string | null
  valid_to: string | null
}): string | null => {
  const { year, valid_from: from, valid_to: to } = row
  if (from !== null && to !== null && from.endsWith('-01-01') && to === `${Number(from.slice(0, 4)) + 1}-01-01`)
    return from.slice(0, 4)
  if (from !== null || to !== null) return `${from ?? 'always'} to ${to === null ? 'further notice' : dayBefore(to)}`
  return year === null ? null : String(year)
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** `+2 kg`, `−1.3 t`; a change of nothing is told as such. */
const signed = (kg: number): string => {
  const text = formatMass(Math.abs(kg) * 1e6)
  if (text === null || Math.abs(kg) < 1e-6) return 'no change'
  return `${kg > 0 ? '+' : '−'}${text.value} ${text.unit}`
}

const PARTS: [keyof FactorEffect, string][] = [
  ['location_kg', 'location-based'],
  ['market_kg', 'market-based'],
  ['loss_kg', 'losses'],
  ['upstream_kg', 'upstream'],
  ['embodied_kg', 'embodied'],
  ['activity_kg', 'activities'],
]

/** `+2 kg location-based, +0.1 kg losses`; null where nothing of the year rests on it. */
export const effectWords = (effect: FactorEffect | null): string | null => {
  if (effect === null || (effect.lines === 0 && effect.activity_kg === null)) return null
  const told = PARTS.flatMap(([key, words]) => {
    const kg = effect[key]
    return typeof kg === 'number' ? [`${signed(kg)} ${words}`] : []
  })
  if (effect.water_l !== null)
    told.push(`${effect.water_l > 0 ? '+' : '−'}${factorNumber(Math.abs(Math.round(effect.water_l)))} L water`)
  if (told.length > 0 && told.every((part) => part.startsWith('no change'))) return 'No figure changes'
  return told.length > 0 ? told.join(', ') : (effect.not_quantified ?? 'Not quantified')
}
