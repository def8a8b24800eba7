import { type Tier, TierMark } from '@/components/figures/tier-mark'
import { Panel } from '@/components/ui/panel'

const ORDER: { tier: Tier; what: string; says: string }[] = [
  { tier: 4, what: 'Declared by the sender', says: 'kept as such, for what was sent with it' },
  { tier: 1, what: 'Hourly, measured', says: 'your own files, direct' },
  { tier: 2, what: 'Hourly, estimated', says: 'as your file marks it' },
  { tier: 3, what: 'Typical hour by month', says: 'scaled to the year’s direct factor' },
  { tier: 4, what: 'Direct average of the zone and year', says: 'the nearest year that is published' },
  { tier: 5, what: 'Direct average of the country and year', says: 'where the zone has none' },
  { tier: 5, what: 'Life-cycle average', says: 'screening: shown, kept out of Scope 2 rows' },
]

/** In which order the ledger believes what is known of an hour. */
export function OrderPanel() {
  return (
    <Panel
      span={8}
      title="The first that is known for an hour is taken"
      meta="Direct and life cycle are never mixed. An hour of which nothing is known is a gap, never a zero"
    >
      <ol className="border-t border-tick text-table">
        {ORDER.map(({ tier, what, says }, at) => (
          <li key={what} className="flex min-h-9 items-center gap-3 border-b border-hairline">
            <span className="w-4 flex-none text-muted tabular-nums">{at + 1}</span>
            <TierMark tier={tier} of="intensity" meaning={what.toLowerCase()} />
            <span className="min-w-0">
              {what} <span className="text-muted">{says}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
