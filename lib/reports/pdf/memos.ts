import { formatPercent, threeFigures } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import type { Statement } from '../statement-model'
import { tonnes, wholeKilowattHours } from '../tonnes'
import { gasWords, INSTRUMENT_WORDS } from '../words'
import { drawLede } from './figures'
import { mm, type Paper, STYLE } from './paper'
import { drawTable, type PdfRow } from './table'

/** Sections beside the scope table: instruments, hardware in two views, memos. Layout only. */

const mass = (mg: bigint | null): string => (mg === null ? '—' : tonnes(mg))
/** A vintage ends before its first day outside. */
const lastDay = (to: string): string => dayName(dayOf(to) - DAY)
const share = (part: bigint, whole: bigint | null): string =>
  whole === null || whole === 0n ? '—' : (formatPercent(Number(part) / Number(whole)) ?? '—')

export const drawInstruments = (
  paper: Paper,
  { instruments, year }: Statement,
  linkOf: (id: string) => string,
): void => {
  const { rows, consumptionUwh, bundledUwh, unbundledUwh, supplierUwh, residualUwh, fallbackUwh } = instruments
  paper.section('2', 'Scope 2 contractual instruments')
  drawLede(
    paper,
    consumptionUwh === null
      ? `No workload of ${year} buys electricity of its own.`
      : `Of ${wholeKilowattHours(consumptionUwh)} kWh, instruments cover ${share(bundledUwh + unbundledUwh, consumptionUwh)}: bundled with the electricity ${share(bundledUwh, consumptionUwh)}, unbundled ${share(unbundledUwh, consumptionUwh)} (AR 45(d)). Before instruments ${share(supplierUwh, consumptionUwh)} are at a supplier’s rate, ${share(residualUwh, consumptionUwh)} at a residual mix and ${share(fallbackUwh, consumptionUwh)} at the grid average for want of one.`,
    null,
  )
  if (rows.length === 0) return
  drawTable(paper, {
    number: 'Table 4',
    title: `Instruments that cover electricity of ${year}`,
    columns: [
      { label: 'Instrument' },
      { label: 'Contract', width: mm(20) },
      { label: 'Market', width: mm(18) },
      { label: 'Vintage', width: mm(22) },
      { label: 'Covers\nkWh', width: mm(24), align: 'right' },
      { label: 'Of Scope 2', width: mm(17), align: 'right' },
      { label: 'Effect\ntCO₂eq', width: mm(20), align: 'right' },
    ],
    rows: rows.map(
      (row): PdfRow => ({
        cells: [
          [
            { text: `${row.name}\n`, face: 'semibold' },
            {
              text: `${INSTRUMENT_WORDS[row.kind] ?? row.kind}${row.cancelled_on ? `, cancelled ${row.cancelled_on}` : ''}`,
            },
          ],
          row.isBundled ? 'bundled' : 'unbundled',
          row.market,
          `${row.vintage_from}\n${lastDay(row.vintage_to)}`,
          wholeKilowattHours(row.coveredUwh),
          share(row.coveredUwh, consumptionUwh),
          tonnes(row.effectMg),
        ],
        links: [null, null, null, null, null, null, linkOf(row.instrument_id)],
      }),
    ),
  })
}

export const drawBridge = (paper: Paper, { bridge, year }: Statement): void => {
  paper.section('3', 'Hardware, two views')
  drawLede(
    paper,
    bridge.assets === 0
      ? 'No hardware with an embodied value is recorded; category 2 and the book value follow from the register.'
      : 'The inventory books hardware whole in the year of purchase (category 2). The management view spreads it over its life by hours. The bridge leads from one to the other; they are never summed.',
    null,
  )
  if (bridge.assets === 0) return
  const line = (label: string, mg: bigint | null, more: Partial<PdfRow> = {}): PdfRow => ({
    ...more,
    cells: [label, mass(mg)],
  })
  drawTable(paper, {
    number: 'Table 5',
    title: `From category 2 to the management view, ${year}`,
    columns: [{ label: '' }, { label: 'tCO₂eq', width: mm(34), align: 'right' }],
    rows: [
      line(`Book value on 1 January ${year}`, bridge.openingMg),
      line('plus bought in the year: Scope 3 category 2, whole', bridge.purchasedMg),
      line('less used up in the year, by hours', -bridge.runOffMg),
      line('of which carried by workloads', bridge.registeredMg, {
        kind: 'muted',
        indent: mm(3),
      }),
      line('of which idle', bridge.differenceMg, {
        kind: 'muted',
        indent: mm(3),
      }),
      line('less left at retirement: second life or written off', -bridge.retiredMg),
      line(`Book value on 31 December ${year}`, bridge.closingMg, { kind: 'total' }),
      line('Embodied of all workloads, rented machines included: management figure', bridge.workloadsMg, {
        kind: 'muted',
      }),
    ],
  })
  if (bridge.withoutValue > 0)
    paper.paragraph(
      `${bridge.withoutValue === 1 ? 'One asset has' : `${bridge.withoutValue.toLocaleString('en-US')} assets have`} no embodied value: unknown, not zero.`,
      STYLE.small,
    )
}

const PRICE_KIND = { shadow: 'Shadow price', fee: 'Internal fee', implicit: 'Implicit price' } as const

export const drawMemos = (paper: Paper, { prices, water, gases, year }: Statement): void => {
  paper.section('8', 'Memo: internal carbon price, water, gases')
  const cubic = (ul: bigint | null) => (ul === null ? 'not known' : `${threeFigures(Number(ul) / 1e9)} m³`)
  drawLede(
    paper,
    `Beside the scopes and in no row of table 1. Water of the workloads: on site ${cubic(water.onSiteUl)}, at power stations ${cubic(water.sourceUl)}.${prices.length === 0 ? ` No internal carbon price is set for ${year}.` : ''}`,
    null,
  )
  const money = (amount: number, currency: string) =>
    `${amount.toLocaleString('en-US', { maximumFractionDigits: 0 })}\u202f${currency}`
  if (prices.length > 0) {
    drawTable(paper, {
      number: 'Table 12',
      title: `Internal carbon prices of ${year} (ESRS E1-8, AR 66)`,
      columns: [
        { label: 'Type, perimeter' },
        { label: 'Volume at stake\ntCO₂eq', width: mm(25), align: 'right' },
        { label: 'Price per t', width: mm(21), align: 'right' },
        { label: 'Cost', width: mm(26), align: 'right' },
        { label: 'S1', width: mm(14), align: 'right' },
        { label: 'S2', width: mm(14), align: 'right' },
        { label: 'S3', width: mm(14), align: 'right' },
      ],
      rows: prices.map(
        (price): PdfRow => ({
          cells: [
            [
              { text: `${PRICE_KIND[price.kind]}\n`, face: 'semibold' },
              { text: `${price.name}; ${price.method}-based, from ${price.from}${price.to ? ` to ${price.to}` : ''}` },
            ],
            tonnes(price.volumeMg),
            money(price.perTonne, price.currency),
            money(price.cost, price.currency),
            ...price.covered.map(({ share: part }) => formatPercent(part) ?? '—'),
          ],
        }),
      ),
    })
  }
  if (gases.gases.length > 0) {
    drawTable(paper, {
      number: 'Table 13',
      title: `Scope 1 of ${year} by gas, where the source tells them apart`,
      columns: [{ label: 'Gas' }, { label: 'tCO₂eq', width: mm(34), align: 'right' }],
      rows: [
        ...gases.gases.map(({ gas, mg }): PdfRow => ({ cells: [gasWords(gas), tonnes(mg)] })),
        ...(gases.withoutGasesMg > 0n
          ? [{ kind: 'muted' as const, cells: ['Not told apart by the source', tonnes(gases.withoutGasesMg)] }]
          : []),
      ],
    })
  }
}
