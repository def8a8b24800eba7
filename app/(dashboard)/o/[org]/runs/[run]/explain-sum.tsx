import { ExplainLink } from '@/components/figures/explain-link'
import { type Tier, TierMark, type TierOf } from '@/components/figures/tier-mark'
import { UnitText } from '@/components/figures/unit-text'
import { cx } from '@/components/ui/cx'
import type { RunSums } from '@/lib/rollups/run-sums'
import { gapWords } from '../_shared/words'

interface Line {
  operator: '' | '×' | '=' | '+' | '−'
  name: string
  value: string
  unit: string
  tier?: { tier: Tier; of: TierOf }
  result?: 'between' | 'total'
}

/** Digits enough that multiplying by hand gives the line below. */
const digits = (value: number): string =>
  new Intl.NumberFormat('en', { minimumSignificantDigits: 7, maximumSignificantDigits: 7 }).format(value)
const kwh = (uwh: bigint) => digits(Number(uwh) / 1e9)

const linesOf = (sums: RunSums): Line[] => {
  const lines: Line[] = []
  const { itUwh, facilityUwh, pairedFacilityUwh, knownFacilityUwh, locationMg } = sums
  if (facilityUwh === null) return lines
  const tier = (of: TierOf, value: number | null) => (value === null ? undefined : { tier: value as Tier, of })
  if (itUwh !== null && pairedFacilityUwh !== null && sums.pue !== null) {
    lines.push({
      operator: '',
      name: 'IT energy',
      value: kwh(itUwh),
      unit: 'kWh',
      tier: tier('energy', sums.energyTier),
    })
    lines.push({
      operator: '×',
      name: 'PUE, energy-weighted',
      value: digits(sums.pue),
      unit: '',
      tier: tier('overhead', sums.overheadTier),
    })
    if (pairedFacilityUwh !== facilityUwh) {
      lines.push({ operator: '=', name: 'Facility energy of those hours', value: kwh(pairedFacilityUwh), unit: 'kWh' })
      lines.push({
        operator: '+',
        name: 'Energy read with its overhead inside',
        value: kwh(facilityUwh - pairedFacilityUwh),
        unit: 'kWh',
      })
    }
    lines.push({ operator: '=', name: 'Facility energy', value: kwh(facilityUwh), unit: 'kWh', result: 'between' })
  } else {
    lines.push({
      operator: '',
      name: 'Facility energy, read with its overhead inside',
      value: kwh(facilityUwh),
      unit: 'kWh',
      tier: tier('energy', sums.energyTier),
    })
  }
  if (sums.withoutFigureUwh > 0n) {
    const reason = sums.gaps.find((gap) => gap.reason === 'zone_unknown' || gap.reason === 'no_intensity')?.reason
    lines.push({
      operator: '−',
      name: `Energy without an intensity${reason ? `: ${gapWords(reason)}` : ''}`,
      value: kwh(sums.withoutFigureUwh),
      unit: 'kWh',
    })
    if (knownFacilityUwh !== null)
      lines.push({
        operator: '=',
        name: 'Facility energy with a figure',
        value: kwh(knownFacilityUwh),
        unit: 'kWh',
        result: 'between',
      })
  }
  if (locationMg !== null && sums.experiencedGPerKwh !== null) {
    lines.push({
      operator: '×',
      name: 'Grid intensity, energy-weighted',
      value: digits(sums.experiencedGPerKwh),
      unit: 'g/kWh',
      tier: tier('intensity', sums.intensityTier),
    })
    lines.push({
      operator: '=',
      name: 'Emissions, location-based',
      value: digits(Number(locationMg) / 1e6),
      unit: 'kg CO2e',
      result: 'total',
    })
  }
  return lines
}

/** The sum as a column: operator, name, value, unit, grade. */
export function ExplainSum({ sums, ledgerHref }: { sums: RunSums; ledgerHref: string }) {
  const lines = linesOf(sums)
  return (
    <table className="w-full border-collapse border-t border-rule text-table">
      <caption className="sr-only">How the figure comes about</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Operator</th>
          <th scope="col">Quantity</th>
          <th scope="col">Value</th>
          <th scope="col">Unit</th>
          <th scope="col">Grade</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr
            key={line.name}
            className={cx(
              'h-9 border-b',
              line.result === 'total' ? 'border-rule font-semibold' : 'border-hairline',
              line.result === 'between' && 'bg-sunken font-semibold',
            )}
          >
            <td className="w-6 pl-1 text-muted">{line.operator}</td>
            <td className="pr-3">
              {line.name}
              {line.result === 'total' && <ExplainLink href={ledgerHref} of="the ledger lines of this figure" />}
            </td>
            <td className="text-right whitespace-nowrap">{line.value}</td>
            <td className="w-16 pl-1.5 font-normal whitespace-nowrap text-muted">
              <UnitText text={line.unit} />
            </td>
            <td className="w-5 pr-1 text-right">{line.tier && <TierMark {...line.tier} />}</td>
          </tr>
        ))}
        {sums.locationMg === null && (
          <tr className="h-9 border-b border-rule">
            <td />
            <td className="text-muted" colSpan={4}>
              No emission follows{sums.gaps[0] ? `: ${gapWords(sums.gaps[0].reason)}` : ''}. A missing figure is never
              counted as zero.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
