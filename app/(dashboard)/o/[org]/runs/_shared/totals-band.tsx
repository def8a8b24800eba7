import Link from 'next/link'
import { Sparkline } from '@/components/charts/sparkline'
import { Delta } from '@/components/figures/delta'
import { KpiBand } from '@/components/figures/kpi-band'
import { addDays } from '@/components/shell/range'
import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import type { ExplainedMeasure } from '@/lib/contracts/explain'
import { afterInstruments } from '@/lib/rollups/instrument-effect'
import type { DayTotals, Totals } from '@/lib/rollups/totals'
import type { Spread } from '@/lib/rollups/totals-spread'
import { formatEnergy, formatMass, formatPercent, massUnitFor, threeFigures } from '@/lib/units/format'
import { coverageOf, halfOf, middleTier, percentFigure, ratioOf, sumOf } from './amounts'
import { explainOf, explainRatio, ledgerHref, type PageView } from './page-view'
import { counted } from './words'

export interface TotalsBandProps {
  org: string
  view: PageView
  totals: Totals
  /** What instruments take off the market-based figure. */
  effectMg?: bigint
  /** Intervals of the figures. */
  spread: Spread
  further: Spread
  /** The window before, by the method shown, when it holds data throughout. */
  before?: { mg: bigint | null; words: string } | null
  /** For the lines under the figures, by the method shown; needs three days to show anything. */
  days?: readonly DayTotals[]
  /** Narrows the figures further than the filters do: `{ team: 'Search' }`. */
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

/** A mass as a key figure: formatted, with its half-width in the same unit and its explanation. */
const massKpi = (mg: bigint | null, interval: Interval | null) => {
  const mass = formatMass(mg)
  return {
    value: mass?.value ?? null,
    unit: mass ? `${mass.unit} CO2e` : undefined,
    interval: mass && interval && interval.low !== interval.high ? halfOf(interval, massUnitFor(mg ?? 0n)) : undefined,
    exact: mg,
  }
}

const litresText = (ul: bigint | null): { value: string | null; unit?: string } =>
  ul === null
    ? { value: null }
    : ul >= 1_000_000_000n
      ? { value: threeFigures(Number(ul) / 1e9), unit: 'm³' }
      : { value: threeFigures(Number(ul) / 1e6), unit: 'L' }

/** What a sum of the cube amounts to: emissions large, by one method; the other beside it, upstream and embodied apart; energy and quality. */
export function TotalsBand({
  org,
  view,
  totals,
  effectMg,
  spread,
  further,
  before,
  days = [],
  ledger,
}: TotalsBandProps) {
  const marketMg = afterInstruments(totals.market_mg, effectMg)
  const isMarket = view.method === 'mb'
  const explain = (measure: ExplainedMeasure, exact: bigint | null) =>
    exact === null ? undefined : explainOf(view, measure, ledger)
  const location = {
    label: 'Emissions, location-based',
    ...massKpi(totals.location_mg, spread.of('location', totals.location_mg)),
    why: 'No hour of this range has a known emission',
    explain: explain('location', totals.location_mg),
  }
  const fallback = formatPercent(ratioOf(totals.market_fallback_mg, totals.market_mg))
  const taken = effectMg === undefined ? null : formatMass(effectMg < 0n ? -effectMg : effectMg)
  const marketNote =
    totals.market_fallback_mg > 0n
      ? `${fallback} without a residual mix`
      : taken
        ? `instruments take ${taken.value}\u202f${taken.unit}`
        : 'residual mix, no instrument'
  const market = {
    label: 'Emissions, market-based',
    ...massKpi(marketMg, further.of('market', marketMg)),
    why: 'No hour has a market-based figure',
    explain: explain('market', marketMg),
  }
  const facility = formatEnergy(totals.facility_uwh)
  const it = formatEnergy(totals.it_uwh)
  const water = sumOf([totals.water_ul, totals.source_water_ul])
  const graded = percentFigure(ratioOf(totals.tier1_mg + totals.tier2_mg, totals.location_mg))
  const coverage = percentFigure(coverageOf(totals))
  const ratio = totals.it_uwh && totals.facility_uwh ? Number(totals.facility_uwh) / Number(totals.it_uwh) : null
  const missing = totals.gap_hours > 0 ? `${counted(totals.gap_hours, 'hour')} without a figure` : null
  // Today is not over: its point would read as a fall.
  const whole = days.filter(({ day }) => day < view.today)
  const daily = dailyLine(whole, (day) => day.location_mg)
  const shownMg = isMarket ? marketMg : totals.location_mg
  const changed =
    before && before.mg !== null && before.mg > 0n && shownMg !== null ? changeOf(shownMg, before.mg) : null
  const width = (isMarket ? further.of('market', marketMg) : spread.of('location', totals.location_mg))?.u95 ?? null
  const isWithin =
    width !== null &&
    before?.mg != null &&
    shownMg !== null &&
    Math.abs(Number(shownMg) / Number(before.mg) - 1) < width
  const upstreamInterval = further.of('before', sumOf([totals.loss_mg, totals.upstream_mg]))
  const partInterval = (mg: bigint | null): Interval | null =>
    // Losses and upstream share energy and grid: each has the relative width of both.
    mg === null || upstreamInterval?.u95 == null
      ? null
      : intervalOf(mg, [{ source: 'both', group: '', amount: mg, u95: upstreamInterval.u95 }])
  return (
    <>
      <KpiBand
        className="mb-4"
        hero={{
          ...(isMarket ? market : location),
          ...(isMarket
            ? {}
            : {
                tier: middleTier(totals),
                tierOf: 'figure' as const,
                tierMeaning: 'half of the mass is graded so or better',
              }),
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
          note: changed ? (
            <Delta {...changed} words={before?.words} withinUncertainty={isWithin} />
          ) : (
            `${counted(totals.days, 'day')} with readings`
          ),
        }}
        items={[
          {
            ...(isMarket ? location : market),
            label: isMarket ? 'Location-based' : 'Market-based',
            note: isMarket ? 'the other method, never added' : marketNote,
          },
          {
            label: 'Grid losses',
            ...massKpi(totals.loss_mg, partInterval(totals.loss_mg)),
            why: 'No loss factor is known for the grids in use',
            explain: explain('loss', totals.loss_mg),
            note: 'category 3, apart',
          },
          {
            label: 'Upstream of fuels',
            ...massKpi(totals.upstream_mg, partInterval(totals.upstream_mg)),
            why: 'No upstream factor is known for the grids in use',
            explain: explain('upstream', totals.upstream_mg),
            note: 'category 3, apart',
          },
          {
            label: 'Embodied, amortised',
            ...massKpi(totals.embodied_mg, further.of('embodied', totals.embodied_mg)),
            why: 'No workload names hardware with an embodied value',
            explain: explain('embodied', totals.embodied_mg),
            note: 'management figure, apart',
          },
        ]}
      />
      <KpiBand
        className="border-t-hairline"
        items={[
          {
            label: 'Energy, facility',
            value: facility?.value ?? null,
            unit: facility?.unit,
            why: 'No energy is known',
            explain: explain('facility', totals.facility_uwh),
            exact: totals.facility_uwh,
            note: ratio !== null && ratio >= 1 ? `${ratio.toFixed(2)} × IT energy` : undefined,
          },
          {
            label: 'Energy, IT',
            value: it?.value ?? null,
            unit: it?.unit,
            why: 'The sources tell facility energy only',
            explain: explain('energy', totals.it_uwh),
            exact: totals.it_uwh,
          },
          {
            label: 'Water',
            ...litresText(water),
            why: 'Neither a site’s nor a grid’s water use is known',
            explain: explain('total-water', water),
            exact: water,
            note:
              totals.water_ul === null
                ? 'at power stations'
                : totals.source_water_ul === null
                  ? 'on site'
                  : 'on site and at power stations',
          },
          {
            label: 'Graded A or B',
            ...graded,
            explain: graded.value === null ? undefined : explainRatio(view, 'grade', ledger),
            why: 'No emission to grade',
            note: 'of the mass, by its weakest tier',
          },
          {
            label: 'Coverage',
            ...coverage,
            why: 'No interval between readings',
            explain: coverage.value === null ? undefined : explainRatio(view, 'coverage', ledger),
            note: missing ? (
              <Link href={ledgerHref(org, view, { ...ledger, gap: '1' })}>{missing}</Link>
            ) : (
              'every metered hour has a figure'
            ),
          },
        ]}
      />
    </>
  )
}
