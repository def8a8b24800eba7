import { TierMark } from '@/components/figures/tier-mark'
import { addDays } from '@/components/shell/range'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel } from '@/components/ui/panel'
import { SITE_RATIOS, type SiteRatioName, siteAddress } from '@/lib/contracts/explain'
import type { RatioMonth, SiteRatio } from '@/lib/rollups/site-ratio-series'
import { counted } from '../../runs/_shared/words'
import { RATIO_WORDS, ratioMeaning, ratioText } from './ratio-words'

const nameOf = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
    .format(Date.parse(`${month}-01`))
    .replace('Sept', 'Sep')

const cellOf = (name: SiteRatioName, ratio: SiteRatio | null, explain?: string): Cell => {
  if (ratio === null) return { text: null, why: RATIO_WORDS[name].missing }
  const text = ratioText(name, ratio.value)
  const months = ratio.months > 1 ? `; ${counted(ratio.months, 'month')}` : ''
  return {
    text,
    sort: ratio.value,
    why: `${ratioMeaning(ratio)}${months}`,
    ...(ratio.basis === 'hourly' || (ratio.basis === 'monthly' && name !== 'pue')
      ? { explain, exact: explain === undefined ? undefined : String(ratio.value) }
      : { plain: ratio.basis === 'monthly' ? 'read' : ratio.basis === 'declared' ? 'entered' : 'published' }),
    node: (
      <span
        className="inline-flex items-center justify-end gap-1.5 whitespace-nowrap"
        title={`${ratioMeaning(ratio)}${months}`}
      >
        {text}
        <TierMark tier={ratio.tier} of="overhead" meaning={ratioMeaning(ratio)} />
      </span>
    ),
  }
}

const daysOf = (month: string): { from: string; to: string } => ({
  from: `${month}-01`,
  to: `${addDays(`${month}-28`, 4).slice(0, 7)}-01`,
})

/** The twelve months that end with it. */
const yearOf = (month: string): { from: string; to: string } => ({
  from: `${addDays(`${month}-01`, -330).slice(0, 7)}-01`,
  to: daysOf(month).to,
})

const basesOf = (months: readonly RatioMonth[]): string => {
  const measured = SITE_RATIOS.filter((name) =>
    months.some(({ alone }) => alone[name]?.basis === 'hourly' || alone[name]?.basis === 'monthly'),
  ).map((name) => RATIO_WORDS[name].label)
  return measured.length === 0
    ? 'No ratio is measured here'
    : `${measured.join(', ')} ${measured.length === 1 ? 'is' : 'are'} measured here`
}

/** Each month by itself and the twelve months that end with it: energy-weighted, never a mean of months. */
export function RatiosPanel({ slug, months }: { slug: string; months: readonly RatioMonth[] }) {
  const columns: Column[] = [
    { key: 'month', label: 'Month' },
    ...SITE_RATIOS.flatMap((name): Column[] => {
      const { label, unit } = RATIO_WORDS[name]
      return [
        { key: name, label: unit ? `${label}, ${unit}` : label, align: 'right' },
        { key: `${name}-year`, label: 'year', align: 'right' },
      ]
    }),
  ]
  const rows = [...months].reverse().map(
    ({ month, alone, year }): Row => ({
      id: month,
      cells: {
        month: { text: nameOf(month), sort: month },
        ...Object.fromEntries(
          SITE_RATIOS.flatMap((name) => [
            [name, cellOf(name, alone[name], siteAddress(slug, name, daysOf(month)))],
            [`${name}-year`, cellOf(name, year[name], siteAddress(slug, name, yearOf(month)))],
          ]),
        ),
      },
    }),
  )
  return (
    <Panel
      title={basesOf(months)}
      meta="By month, and the year: Σ over the twelve months that end with it, of those in which both sides are known. The mark says what each rests on: hourly meters, else a month’s measurement, else declared, else published for the region, else the fleet"
    >
      <DataTable
        caption="Ratios of this site by month"
        columns={columns}
        rows={rows}
        density={28}
        empty={<span className="text-muted">Nothing is booked or recorded for this site in this range.</span>}
      />
    </Panel>
  )
}
