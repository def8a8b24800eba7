import type { LedgerUnit } from '@/lib/contracts/explain-answer'
import { formatEnergy, formatMass, threeFigures } from '@/lib/units/format'

/** A ledger integer with its thousands apart, never rounded: `304,438,898,206`. */
export const grouped = (exact: string): string => exact.replace('-', '−').replace(/\B(?=(\d{3})+$)/g, ',')

/** The same for people: `304 t CO2e`. */
export const readable = (exact: string | null, unit: LedgerUnit | null): string => {
  if (exact === null || unit === null) return '—'
  const amount = BigInt(exact)
  if (unit === 'µL') {
    const litres = Number(amount) / 1e6
    return litres >= 1000 ? `${threeFigures(litres / 1000)}\u202fm³` : `${threeFigures(litres)}\u202fL`
  }
  const text = unit === 'mg' ? formatMass(amount) : formatEnergy(amount)
  return text === null ? '—' : `${text.value}\u202f${text.unit}${unit === 'mg' ? ' CO2e' : ''}`
}

export const LEDGER_UNIT_NAME: Record<LedgerUnit, string> = { mg: 'mg CO2e', µWh: 'µWh', µL: 'µL' }
