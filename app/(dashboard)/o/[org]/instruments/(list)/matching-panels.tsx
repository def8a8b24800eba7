import { type MatchedBar, MatchedBars } from '@/components/charts/matched-bars'
import { GapNote } from '@/components/figures/gap-note'
import { Segmented } from '@/components/ui/segmented'
import type { MatchingAnswer } from '@/lib/contracts/instruments'
import { formatPercent } from '@/lib/units/format'

const mwh = (kwh: number): number => kwh / 1000
const mwhOrNull = (kwh: number | null): number | null => (kwh === null ? null : mwh(kwh))

const monthName = (month: string, length: 'short' | 'long'): string =>
  new Intl.DateTimeFormat('en-GB', {
    month: length,
    ...(length === 'long' ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  })
    .format(new Date(`${month}-01T00:00:00Z`))
    .replace('Sept', length === 'short' ? 'Sep' : 'Sept')

const hourName = (hour: number): string => String(hour).padStart(2, '0')

type Part = { load_kwh: number; matched_kwh: number | null; surplus_kwh: number | null }
const barOf = (part: Part, label: string, name: string): MatchedBar => ({
  label,
  name,
  load_mwh: mwh(part.load_kwh),
  matched_mwh: mwhOrNull(part.matched_kwh),
  surplus_mwh: mwhOrNull(part.surplus_kwh),
})

/** `Matched hour by hour, 41 % of the load, not the 75 % that the year says`. */
const titleOf = ({ annual, hourly }: MatchingAnswer): string => {
  if (hourly.score === null) return 'Nobody knows how much is matched hour by hour'
  const percent = formatPercent(hourly.score)
  const annually = formatPercent(annual.score)
  const least = hourly.is_lower_bound ? 'At least ' : ''
  return annually === null
    ? `${least}${percent} of the load is matched in its own hour`
    : `${least}${percent} of the load is matched in its own hour; by the month it is ${annually}`
}

const hourTitle = (matching: MatchingAnswer): string => {
  const known = matching.hours_of_day.filter((one) => one.matched_kwh !== null && one.load_kwh > 0)
  if (known.length === 0) return 'By hour of the day, nothing is known'
  const score = (one: Part) => (one.matched_kwh ?? 0) / one.load_kwh
  const worst = known.reduce((low, one) => (score(one) < score(low) ? one : low))
  const best = known.reduce((high, one) => (score(one) > score(high) ? one : high))
  return `Best matched at ${hourName(best.hour)}:00, least at ${hourName(worst.hour)}:00 UTC`
}

export function MatchingPanels({
  matching,
  marketHref,
}: {
  matching: MatchingAnswer
  /** Address of this page for a market; without one for all of them. */
  marketHref: (market: string | null) => string
}) {
  const note = matching.hourly.notes.map((one) => <GapNote key={one}>{one}</GapNote>)
  const markets =
    matching.zones.length < 2 ? undefined : (
      <Segmented
        variant="panel"
        label="Market"
        value={matching.market ?? ''}
        options={[
          { value: '', label: 'All', href: marketHref(null) },
          ...matching.zones.map((zone) => ({ value: zone, label: zone, href: marketHref(zone) })),
        ]}
      />
    )
  return (
    <>
      <MatchedBars
        span={7}
        csvName="matching-months"
        title={titleOf(matching)}
        meta="MWh of Scope 2 energy by month, each hour against what was produced in that same hour. Informational: the statement rests on the monthly allocation"
        itemLabel="Month"
        tools={markets}
        note={note}
        bars={matching.months.map((one) => barOf(one, monthName(one.month, 'short'), monthName(one.month, 'long')))}
      />
      <MatchedBars
        span={5}
        csvName="matching-hours"
        title={hourTitle(matching)}
        meta="MWh by UTC hour of the day, summed over the window"
        itemLabel="Hour, UTC"
        bars={matching.hours_of_day.map((one) =>
          barOf(one, hourName(one.hour), `${hourName(one.hour)}:00 to ${hourName((one.hour + 1) % 24)}:00 UTC`),
        )}
      />
    </>
  )
}
