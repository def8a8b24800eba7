import { KpiBand } from '@/components/figures/kpi-band'
import { figureAddress, type InstrumentsMeasure, instrumentsAddress } from '@/lib/contracts/explain'
import type { MatchingAnswer } from '@/lib/contracts/instruments'
import { formatPercent, threeFigures } from '@/lib/units/format'

const percent = (share: number | null): string | null => formatPercent(share)?.replace(/\u202f%$/, '') ?? null
const tonnes = (kg: number | null): string | null => (kg === null ? null : threeFigures(kg / 1000))
const megawattHours = (kwh: number | null): string | null => (kwh === null ? null : threeFigures(kwh / 1000))

/** The two methods side by side: what is stated, and what the hours say. */
export function InstrumentsBand({ matching }: { matching: MatchingAnswer }) {
  const { annual, hourly } = matching
  const window = { from: matching.from, to: matching.to }
  const explained = (measure: InstrumentsMeasure, value: number | null) =>
    value === null ? {} : { explain: instrumentsAddress(measure, window, matching.market) }
  const nothing = 'No Scope 2 consumption in these months'
  return (
    <KpiBand
      hero={{
        label: 'Scope 2, market-based',
        value: tonnes(annual.market_kg),
        unit: 't CO2e',
        why: nothing,
        ...(matching.market === null
          ? { explain: figureAddress('market', window, { deployment: ['owned', 'colocation_controlled'] }) }
          : explained('market', annual.market_kg)),
        note:
          matching.before_kg === null ? undefined : (
            <>
              before instruments <b>{tonnes(matching.before_kg)} t</b>
            </>
          ),
      }}
      items={[
        {
          label: 'Covered',
          value: percent(annual.score),
          ...explained('covered', annual.score),
          unit: '%',
          why: nothing,
          note:
            annual.matched_kwh === null ? undefined : (
              <>
                <b>{megawattHours(annual.matched_kwh)} MWh</b> of {megawattHours(matching.load_kwh)}
              </>
            ),
        },
        {
          label: 'Matched by the hour',
          value: percent(hourly.score),
          ...explained('matched', hourly.score),
          unit: '%',
          why: hourly.notes[0],
          note: hourly.score === null ? undefined : hourly.is_lower_bound ? 'at least' : 'every hour known',
        },
        {
          label: 'By the hour it would be',
          value: tonnes(hourly.market_kg),
          ...explained('hourly', hourly.market_kg),
          unit: 't CO2e',
          why: hourly.notes[0],
          note:
            hourly.market_kg === null ? undefined : hourly.is_lower_bound ? 'at most; informational' : 'informational',
        },
        {
          label: 'Surplus',
          value: megawattHours(annual.surplus_kwh),
          ...explained('surplus', annual.surplus_kwh),
          unit: 'MWh',
          why: 'No instrument bears on these months',
          note: annual.surplus_kwh === null ? undefined : 'bought, and not consumed',
        },
      ]}
    />
  )
}
