import { INSTRUMENT_WORDS } from '@/components/forms/instrument-words'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { instrumentAddress } from '@/lib/contracts/explain'
import type { Instrument } from '@/lib/contracts/instruments'
import { formatDay, threeFigures } from '@/lib/units/format'
import { InstrumentState, stateWords } from '../_shared/instrument-state'

const COLUMNS: Column[] = [
  { key: 'name', label: 'Instrument', width: 'wide' },
  { key: 'state', label: 'State' },
  { key: 'kind', label: 'Kind' },
  { key: 'where', label: 'Claimed at' },
  { key: 'vintage', label: 'Vintage' },
  { key: 'mwh', label: 'Bought', unit: 'MWh', align: 'right', plain: 'entered' },
  { key: 'covered', label: 'Covers', unit: 'MWh', align: 'right' },
  { key: 'surplus', label: 'Surplus', unit: 'MWh', align: 'right' },
  { key: 'effect', label: 'Effect', unit: 't', align: 'right' },
]

const MOST = 44
const shortened = (text: string) => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text)
/** `1 Jan to 31 Oct 2026`: the last day, as people say it. */
const lastDay = (to: string): string => formatDay(new Date(Date.parse(to) - 86_400_000).toISOString())

const rowOf = (org: string, one: Instrument): Row => ({
  id: one.instrument_id,
  muted: !one.counts,
  cells: {
    name: { text: shortened(one.name), why: one.name, href: `/o/${org}/instruments/${one.instrument_id}` },
    state: { text: stateWords(one), node: <InstrumentState instrument={one} withReason /> },
    kind: INSTRUMENT_WORDS[one.kind],
    where: one.site_name ?? `Market ${one.market}`,
    vintage: {
      text: `${formatDay(one.vintage_from)} to ${lastDay(one.vintage_to)}`,
      sort: one.vintage_from,
      node: <span className="whitespace-nowrap">{`${formatDay(one.vintage_from)} to ${lastDay(one.vintage_to)}`}</span>,
    },
    mwh: one.mwh ?? { nothing: 'not-applicable', why: 'A supplier rate covers all that the supplier delivers' },
    covered:
      one.covered_mwh === null
        ? { nothing: 'not-applicable', why: 'It stands in the entries themselves' }
        : one.counts
          ? { sort: one.covered_mwh, explain: instrumentAddress(one.instrument_id, 'covered') }
          : { text: null, why: 'Ignored: it covers nothing' },
    surplus:
      one.surplus_mwh === null || !one.counts
        ? { nothing: 'not-applicable' }
        : {
            text: one.surplus_mwh <= 0 ? '0' : threeFigures(one.surplus_mwh),
            sort: one.surplus_mwh,
            explain: instrumentAddress(one.instrument_id, 'surplus'),
          },
    effect:
      one.effect_kg === null
        ? { text: null, why: one.counts ? 'No consumption in its vintage yet' : 'Ignored: it has no effect' }
        : {
            text: threeFigures(one.effect_kg / 1000),
            sort: one.effect_kg,
            explain: instrumentAddress(one.instrument_id),
          },
  },
})

/** The register: what was bought, whether it counts, what it covers and what is left of it. */
export function InstrumentsTable({ org, instruments }: { org: string; instruments: readonly Instrument[] }) {
  return <DataTable caption="Instruments" columns={COLUMNS} rows={instruments.map((one) => rowOf(org, one))} />
}
