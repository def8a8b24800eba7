import { KpiBand } from '@/components/figures/kpi-band'
import { addDays } from '@/components/shell/range'
import type { Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { figureAddress, instrumentAddress, statementAddress } from '@/lib/contracts/explain'
import type { Statement } from '@/lib/reports/statement-model'
import { exactKilogramText, tonnes, wholeKilowattHours } from '@/lib/reports/tonnes'
import { gasWords, INSTRUMENT_WORDS } from '@/lib/reports/words'
import { formatPercent, threeFigures } from '@/lib/units/format'
import { percentFigure, ratioOf } from '../../runs/_shared/amounts'
import { counted } from '../../runs/_shared/words'
import { massCell, Section } from './sections'

interface SectionProps {
  org: string
  made: Statement
}

const share = (part: bigint, whole: bigint | null): string | null => formatPercent(ratioOf(part, whole))

/** The last day inside, not the first outside. */
function Vintage({ from, to }: { from: string; to: string }) {
  return (
    <span className="whitespace-nowrap">
      {from} to {addDays(to, -1)}
    </span>
  )
}

/** Share and types of contractual instruments (AR 45(d)). */
export function InstrumentsSection({ org, made }: SectionProps) {
  const { instruments, year } = made
  const { rows, consumptionUwh, bundledUwh, unbundledUwh, supplierUwh, residualUwh, fallbackUwh } = instruments
  const covered = bundledUwh + unbundledUwh
  return (
    <Section
      id="instruments"
      title={
        consumptionUwh === null
          ? 'Instruments: no Scope 2 electricity'
          : covered === 0n
            ? 'Instruments: none covers electricity of the year'
            : `Instruments cover ${share(covered, consumptionUwh)} of the Scope 2 electricity`
      }
      meta="Bundled: the attribute comes with the electricity in one contract. What no instrument covers is at a supplier’s rate or a residual mix; where neither is known the grid average stands in, flagged"
    >
      {consumptionUwh === null ? (
        <p className="py-2 text-muted">No workload of {year} buys electricity of its own.</p>
      ) : (
        <>
          <KpiBand
            className="border-t-0"
            items={[
              {
                label: 'By instruments',
                ...percentFigure(ratioOf(covered, consumptionUwh)),
                explain: statementAddress(year, 'instruments'),
                note: 'of Scope 2 electricity',
              },
              {
                label: 'Bundled',
                ...percentFigure(ratioOf(bundledUwh, consumptionUwh)),
                explain: statementAddress(year, 'bundled'),
                note: 'PPA, green tariff',
              },
              {
                label: 'Unbundled',
                ...percentFigure(ratioOf(unbundledUwh, consumptionUwh)),
                explain: statementAddress(year, 'unbundled'),
                note: 'certificates',
              },
              {
                label: 'At residual mix or rate',
                ...percentFigure(ratioOf(supplierUwh + residualUwh, consumptionUwh)),
                explain: statementAddress(year, 'residual'),
                note: 'before instruments',
              },
              {
                label: 'No residual mix known',
                ...percentFigure(ratioOf(fallbackUwh, consumptionUwh)),
                explain: statementAddress(year, 'no-residual'),
                note: fallbackUwh > 0n ? 'grid average, flagged' : 'none',
              },
            ]}
          />
          <DataTable
            caption={`Instruments used in ${year}`}
            columns={[
              { key: 'name', label: 'Instrument', width: 'wide' },
              { key: 'kind', label: 'Kind' },
              { key: 'bundled', label: 'Contract' },
              { key: 'market', label: 'Market' },
              { key: 'vintage', label: 'Vintage' },
              { key: 'covered', label: 'Covers', unit: 'kWh', align: 'right', plain: 'beside' },
              { key: 'share', label: 'Of Scope 2', align: 'right', plain: 'beside' },
              { key: 'effect', label: 'Effect', unit: 't CO2eq', align: 'right' },
              { key: 'cancelled', label: 'Cancelled' },
            ]}
            rows={rows.map(
              (row): Row => ({
                id: row.instrument_id,
                cells: {
                  name: { text: row.name, href: `/o/${org}/instruments`, why: row.serial ?? undefined },
                  kind: INSTRUMENT_WORDS[row.kind] ?? row.kind,
                  bundled: row.isBundled ? 'bundled' : 'unbundled',
                  market: row.market,
                  vintage: { text: row.vintage_from, node: <Vintage from={row.vintage_from} to={row.vintage_to} /> },
                  covered: { text: wholeKilowattHours(row.coveredUwh), sort: Number(row.coveredUwh) },
                  share: { text: share(row.coveredUwh, consumptionUwh), sort: ratioOf(row.coveredUwh, consumptionUwh) },
                  effect: {
                    text: tonnes(row.effectMg),
                    sort: Number(row.effectMg),
                    why: `${exactKilogramText(row.effectMg)} kg CO₂eq`,
                    explain: instrumentAddress(row.instrument_id),
                    exact: row.effectMg,
                  },
                  cancelled: row.cancelled_on
                    ? { text: row.cancelled_on, node: <span className="whitespace-nowrap">{row.cancelled_on}</span> }
                    : { text: null, why: 'Not cancelled, or a contract' },
                },
              }),
            )}
            empty={
              <span className="text-muted">
                No contract or certificate is recorded that covers electricity of {year}.
              </span>
            }
          />
        </>
      )}
    </Section>
  )
}

/** Hardware in two books that are never summed. */
export function BridgeSection({ made }: SectionProps) {
  const { bridge, year } = made
  const line = (
    id: string,
    label: string,
    mg: bigint | null,
    more: { explain?: string; why?: string; muted?: boolean } = {},
  ): Row => ({
    id,
    muted: more.muted,
    cells: {
      label,
      mass:
        mg === null
          ? { text: null, why: more.why ?? 'Not known' }
          : {
              text: tonnes(mg),
              sort: Number(mg),
              why: `${exactKilogramText(mg)} kg CO₂eq`,
              explain: more.explain,
              exact: more.explain ? mg : undefined,
            },
    },
  })
  return (
    <Section
      id="hardware"
      title={
        bridge.assets === 0
          ? 'Hardware: the register is empty'
          : `Hardware: ${tonnes(bridge.purchasedMg)} t booked, ${tonnes(bridge.runOffMg)} t used up in ${year}`
      }
      meta="Inventory: whole in the year of purchase (category 2). Management: spread over the life by hours. One register, two books, never summed"
    >
      {bridge.assets === 0 ? (
        <p className="py-2 text-muted">
          {bridge.withoutValue > 0
            ? `${counted(bridge.withoutValue, 'asset')} without an embodied value; nothing can be booked.`
            : 'No hardware is recorded. Category 2 and the book value follow from the register.'}
        </p>
      ) : (
        <DataTable
          caption={`Bridge from category 2 to the management view, ${year}`}
          density={28}
          sortable={false}
          columns={[
            { key: 'label', label: 'Line' },
            { key: 'mass', label: '', unit: 't CO2eq', align: 'right', plain: 'part' },
          ]}
          rows={[
            line('opening', `Book value on 1 January ${year}`, bridge.openingMg),
            line('purchased', 'plus bought in the year: Scope 3 category 2, whole', bridge.purchasedMg, {
              explain: statementAddress(year, 's3-2'),
            }),
            line('runoff', 'less used up in the year, by hours', -bridge.runOffMg),
            line('registered', 'of which carried by workloads', bridge.registeredMg, {
              muted: true,
              why: 'No workload names hardware of the register',
            }),
            line('idle', 'of which idle', bridge.differenceMg, { muted: true }),
            line('retired', 'less left at retirement: second life or written off', -bridge.retiredMg),
            line('closing', `Book value on 31 December ${year}`, bridge.closingMg),
            line(
              'workloads',
              'Embodied of all workloads, rented machines included: management figure',
              bridge.workloadsMg,
              {
                muted: true,
                why: 'No workload names hardware with an embodied value',
                explain:
                  bridge.workloadsMg === null
                    ? undefined
                    : figureAddress('embodied', { from: `${year}-01-01`, to: `${year + 1}-01-01` }),
              },
            ),
          ]}
        />
      )}
      {bridge.assets > 0 && bridge.withoutValue > 0 && (
        <p className="mt-2 text-meta text-muted">
          {counted(bridge.withoutValue, 'asset')} without an embodied value: unknown, not zero.
        </p>
      )}
    </Section>
  )
}

const PRICE_KIND = { shadow: 'Shadow price', fee: 'Internal fee', implicit: 'Implicit price' } as const
const money = (amount: number, currency: string) =>
  `${amount.toLocaleString('en-US', { maximumFractionDigits: 0 })}\u202f${currency}`

/** Memos: internal carbon price (AR 66), water, gases, biogenic CO2 and primary data. */
export function MemoSection({ made }: SectionProps) {
  const { prices, water, gases, biogenicMg, primaryShare, year } = made
  const window = { from: `${year}-01-01`, to: `${year + 1}-01-01` }
  const cubicMetres = (ul: bigint | null) => (ul === null ? null : threeFigures(Number(ul) / 1e9))
  return (
    <Section id="memo" title="Memo: carbon price, water, gases" meta="Shown beside the table and in no row of it">
      <KpiBand
        className="border-t-0"
        items={[
          {
            label: 'Primary data of Scope 3',
            ...(primaryShare === null ? {} : { explain: statementAddress(year, 'primary') }),
            ...percentFigure(primaryShare),
            why: 'No Scope 3 figure',
            note: 'from suppliers, AR 46(g)',
          },
          {
            label: 'Biogenic CO₂',
            explain: statementAddress(year, 'biogenic'),
            exact: biogenicMg,
            value: tonnes(biogenicMg),
            unit: 't',
            note: 'outside the scopes, AR 43(c)',
          },
          {
            label: 'Water on site',
            value: cubicMetres(water.onSiteUl),
            unit: water.onSiteUl === null ? undefined : 'm³',
            why: 'No site or provider states its WUE',
            note: 'IT energy × WUE',
            explain: water.onSiteUl === null ? undefined : figureAddress('water', window),
            exact: water.onSiteUl,
          },
          {
            label: 'Water at power stations',
            value: cubicMetres(water.sourceUl),
            unit: water.sourceUl === null ? undefined : 'm³',
            why: 'No factor for the grids in use',
            note: 'of the electricity used',
            explain: water.sourceUl === null ? undefined : figureAddress('source-water', window),
            exact: water.sourceUl,
          },
        ]}
      />
      {gases.gases.length > 0 && (
        <>
          <h3 className="mt-5 mb-1 font-semibold">Scope 1 by gas</h3>
          <DataTable
            caption={`Scope 1 of ${year} by gas`}
            density={28}
            columns={[
              { key: 'gas', label: 'Gas' },
              { key: 'mass', label: '', unit: 't CO2eq', align: 'right', plain: 'part' },
            ]}
            rows={[
              ...gases.gases.map(({ gas, mg }) => ({ id: gas, cells: { gas: gasWords(gas), mass: massCell(mg) } })),
              ...(gases.withoutGasesMg > 0n
                ? [
                    {
                      id: 'none',
                      muted: true,
                      cells: { gas: 'Not told apart by the source', mass: massCell(gases.withoutGasesMg) },
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
      <h3 className="mt-5 mb-1 font-semibold">Internal carbon price (E1-8, AR 66)</h3>
      <DataTable
        caption={`Internal carbon prices of ${year}`}
        density={28}
        columns={[
          { key: 'kind', label: 'Type' },
          { key: 'volume', label: 'Volume at stake', unit: 't CO2eq', align: 'right', plain: 'part' },
          { key: 'price', label: 'Price per t', align: 'right', plain: 'entered' },
          { key: 'cost', label: 'Cost', align: 'right', plain: 'beside' },
          { key: 's1', label: 'Scope 1', align: 'right', plain: 'part' },
          { key: 's2', label: 'Scope 2', align: 'right', plain: 'part' },
          { key: 's3', label: 'Scope 3', align: 'right', plain: 'part' },
          { key: 'perimeter', label: 'Perimeter' },
        ]}
        rows={prices.map((price, at) => ({
          id: `${price.name}${at}`,
          cells: {
            kind: PRICE_KIND[price.kind],
            volume: massCell(price.volumeMg),
            price: money(price.perTonne, price.currency),
            cost: { text: money(price.cost, price.currency), sort: price.cost },
            ...Object.fromEntries(price.covered.map(({ scope, share: part }) => [`s${scope}`, formatPercent(part)])),
            perimeter: `${price.name}; ${price.method}-based, from ${price.from}${price.to ? ` to ${price.to}` : ''}`,
          },
        }))}
        empty={<span className="text-muted">No internal carbon price is set for {year}.</span>}
      />
    </Section>
  )
}
