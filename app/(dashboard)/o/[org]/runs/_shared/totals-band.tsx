import { Sparkline } from '@/components/charts/sparkline'
import { Delta } from '@/components/figures/delta'
import { KpiBand } from '@/components/figures/kpi-band'
import { addDays } from '@/components/shell/range'
import type { DayTotals, Totals } from '@/lib/rollups/totals'
import { formatEnergy, formatMass, formatPercent } from '@/lib/units/format'
import { coverageOf, middleTier, percentFigure, ratioOf } from './amounts'
import { ledgerHref, type PageView } from './page-view'
import { counted } from './words'

export interface TotalsBandProps {
  org: string
  view: PageView
  totals: Totals
  /** The window before, when it holds data throughout. */
  before?: { mg: bigint | null; words: string } | null
  /** For the lines under the figures; needs three days to show anything. */
  days?: readonly DayTotals[]
  /** Narrows the ledger further than the filters do: `{ team: 'Search' }`. */
  ledger?: Record<string, string>
}

const changeOf = (now: bigint, before: bigint): { direction: 'up' | 'down' | 'none'; amount: string } => {
  if (now === before) return { direction: 'none', amount: 'unchanged' }
  const ratio = Number(now) / Number(before)
  const direction = now > before ? 'up' : 'down'
  if (ratio > 3) return { direction, amount: `×${ratio.toFixed(1)}` }
  return { direction, amount: formatPercent(Math.abs(ratio - 1)) ?? '' }
}

/** Each day from the first with data to the last; a day without is a lifted pen. */
const dailyLine = (days: readonly DayTotals[], of: (day: DayTotals) => bigint | null): (number | null)[] => {
  const first = days[0]?.day
  const last = days[days.length - 1]?.day
  if (first === undefined || last === undefined || days.length < 3) return []
  const known = new Map(days.map((day) => [day.day, of(day)]))
  const values: (number | null)[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const amount = known.get(day) ?? null
    values.push(amount === null ? null : Number(amount))
  }
  return values
}

/** What a sum of the cube amounts to: emissions large, then energy, grades and coverage. */
export function TotalsBand({ org, view, totals, before, days = [], ledger }: TotalsBandProps) {
  const mass = formatMass(totals.location_mg)
  const facility = formatEnergy(totals.facility_uwh)
  const it = formatEnergy(totals.it_uwh)
  const graded = percentFigure(ratioOf(totals.tier1_mg + totals.tier2_mg, totals.location_mg))
  const coverage = percentFigure(coverageOf(totals))
  const explain = ledgerHref(org, view, ledger)
  const ratio = totals.it_uwh && totals.facility_uwh ? Number(totals.facility_uwh) / Number(totals.it_uwh) : null
  const missing = totals.gap_hours > 0 ? `${counted(totals.gap_hours, 'hour')} without a figure` : null
  // Today is not over: its point would read as a fall.
  const whole = days.filter(({ day }) => day < view.today)
  const daily = dailyLine(whole, (day) => day.location_mg)
  const dailyEnergy = dailyLine(whole, (day) => day.facility_uwh)
  const changed =
    before && before.mg !== null && before.mg > 0n && totals.location_mg !== null
      ? changeOf(totals.location_mg, before.mg)
      : null
  return (
    <KpiBand
      hero={{
        label: 'Emissions, location-based',
        value: mass?.value ?? null,
        unit: mass ? `${mass.unit} CO2e` : undefined,
        why: 'No hour of this range has a known emission',
        explainHref: explain,
        tier: middleTier(totals),
        tierOf: 'figure',
        tierMeaning: 'half of the mass is graded so or better',
        provisional: totals.provisional,
        mark:
          daily.length > 0 ? (
            <Sparkline
              values={daily}
              label={`Emissions of ${daily.length} days, one by one`}
              width_px={340}
              height_px={36}
              fromZero
            />
          ) : undefined,
        note: changed ? <Delta {...changed} words={before?.words} /> : `${counted(totals.days, 'day')} with readings`,
      }}
      items={[
        {
          label: 'Energy, facility',
          value: facility?.value ?? null,
          unit: facility?.unit,
          why: 'No energy is known',
          explainHref: explain,
          mark:
            dailyEnergy.length > 0 ? (
              <Sparkline values={dailyEnergy} label={`Energy of ${dailyEnergy.length} days, one by one`} fromZero />
            ) : undefined,
          note: ratio !== null && ratio >= 1 ? `${ratio.toFixed(2)} × IT energy` : undefined,
        },
        {
          label: 'Energy, IT',
          value: it?.value ?? null,
          unit: it?.unit,
          why: 'The sources tell facility energy only',
          explainHref: explain,
        },
        {
          label: 'Graded A or B',
          ...graded,
          why: 'No emission to grade',
          note: 'of the mass, by its weakest tier',
        },
        {
          label: 'Coverage',
          ...coverage,
          why: 'No interval between readings',
          explainHref: totals.gap_hours > 0 ? ledgerHref(org, view, { ...ledger, gap: '1' }) : undefined,
          note: missing ?? 'every metered hour has a figure',
        },
      ]}
    />
  )
}
