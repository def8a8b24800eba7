import { LineTrend } from '@/components/charts/line-trend'
import type { RatioMonth, SiteRatio } from '@/lib/rollups/site-ratio-series'
import { formatPercent, formatRatio } from '@/lib/units/format'

const MONTH_HOURS = 730

const measured = (ratio: SiteRatio | null): number | null => (ratio === null || ratio.months === 0 ? null : ratio.value)

const lastOf = (months: readonly RatioMonth[], of: (month: RatioMonth) => SiteRatio | null): number | null =>
  months.map((month) => measured(of(month))).findLast((value) => value !== null) ?? null

/** Water by month beside its rolling year; shown where water is measured. */
export function WaterTrend({ slug, months }: { slug: string; months: readonly RatioMonth[] }) {
  const values = months.flatMap(({ alone }) => measured(alone.wue) ?? [])
  const year = lastOf(months, (month) => month.year.wue)
  if (values.length < 2) return null
  return (
    <LineTrend
      span={6}
      csvName={`${slug}-wue`}
      title={
        year === null
          ? 'Water by month'
          : `${formatRatio(year, 2)} L a kWh of IT over the year; ${formatRatio(Math.min(...values), 2)} to ${formatRatio(Math.max(...values), 2)} by month`
      }
      meta="WUE in litres withdrawn on site per kWh of IT (ISO/IEC 30134-9), by month and over the year that ends with it"
      unit="L/kWh"
      digits={3}
      step_hours={MONTH_HOURS}
      lines={[
        { key: 'month', label: 'Month', tone: 'ink', step: true, partial: true },
        { key: 'year', label: 'Year', tone: 'ghost', partial: true },
      ]}
      points={months.map(({ month, alone, year: rolling }) => ({
        at: `${month}-01`,
        values: { month: measured(alone.wue), year: measured(rolling.wue) },
      }))}
    />
  )
}

/** Renewable energy and reused heat as shares of the building's energy; shown where either is measured. */
export function SharesTrend({ slug, months }: { slug: string; months: readonly RatioMonth[] }) {
  const known = (name: 'ref' | 'erf') => months.flatMap(({ alone }) => measured(alone[name]) ?? [])
  const hasRef = known('ref').length > 1
  const hasErf = known('erf').length > 1
  if (!hasRef && !hasErf) return null
  const ref = lastOf(months, (month) => month.year.ref)
  const erf = lastOf(months, (month) => month.year.erf)
  const percent = (share: number | null) => (share === null ? null : share * 100)
  return (
    <LineTrend
      span={6}
      csvName={`${slug}-ref-erf`}
      title={[
        hasRef && ref !== null && `${formatPercent(ref)} renewable`,
        hasErf && erf !== null && `${formatPercent(erf)} reused as heat`,
      ]
        .filter(Boolean)
        .join(', ')
        .concat(' over the year')}
      meta="REF and ERF (ISO/IEC 30134-3, -6), % of the building’s energy by month"
      unit="%"
      digits={1}
      step_hours={MONTH_HOURS}
      lines={[
        ...(hasErf
          ? [{ key: 'erf', label: 'ERF', tone: hasRef ? 'ghost' : 'ink', step: true, partial: true } as const]
          : []),
        ...(hasRef ? [{ key: 'ref', label: 'REF', tone: 'ink', step: true, partial: true } as const] : []),
      ]}
      points={months.map(({ month, alone }) => ({
        at: `${month}-01`,
        values: {
          ...(hasErf ? { erf: percent(measured(alone.erf)) } : {}),
          ...(hasRef ? { ref: percent(measured(alone.ref)) } : {}),
        },
      }))}
    />
  )
}
