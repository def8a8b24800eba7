import Link from 'next/link'
import type { Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { SiteIdle } from '@/lib/rollups/site-idle'
import { formatCount } from '@/lib/units/format'
import { energyIn, energyUnitOf, massIn, massUnitOf } from '../../runs/_shared/amounts'
import { shortened } from '../words'

const RULE: Record<SiteIdle['rule'], string> = {
  unallocated: 'it stays a line of its own',
  consumed: 'its users carry it by what they consumed',
  reserved: 'its users carry it by what they had reserved at the peak',
}

/** Idle capacity and who would carry it by each rule; the organisation's own is in force. Σ carried + unallocated = idle. */
export function IdlePanel({ idle, org, span }: { idle: SiteIdle; org: string; span: Span }) {
  const unit = energyUnitOf([idle.idle_uwh])
  const mass = massUnitOf([idle.idle_mg])
  const total = energyIn(idle.idle_uwh, unit)
  const rows = [
    ...idle.users.map(
      (user): Row => ({
        id: user.team ?? 'no team',
        cells: {
          team:
            user.team === null
              ? { text: 'No team', muted: true, why: 'Workloads that name no team' }
              : {
                  text: shortened(user.team, 28),
                  why: user.team,
                  href: `/o/${org}/teams/${encodeURIComponent(user.team)}`,
                },
          consumed: energyIn(user.it_uwh, unit) ?? { text: null, why: 'Its energy is not known' },
          peak:
            user.peak_devices === null
              ? { text: null, why: 'Its senders give no count' }
              : { text: formatCount(user.peak_devices), sort: Number(user.peak_devices) },
          byConsumed: energyIn(user.by_consumed_uwh, unit),
          byReserved: energyIn(user.by_reserved_uwh, unit),
          carried:
            idle.rule === 'unallocated' ? { nothing: 'not-applicable' as const } : energyIn(user.carried_uwh, unit),
          mass: idle.rule === 'unallocated' ? { nothing: 'not-applicable' as const } : massIn(user.carried_mg, mass),
        },
      }),
    ),
    {
      id: 'unallocated',
      muted: idle.unallocated_uwh === 0n,
      cells: {
        team: 'Unallocated',
        consumed: { nothing: 'not-applicable' as const },
        peak: { nothing: 'not-applicable' as const },
        byConsumed: { nothing: 'not-applicable' as const },
        byReserved: { nothing: 'not-applicable' as const },
        carried: energyIn(idle.unallocated_uwh, unit),
        mass: massIn(idle.unallocated_mg, mass),
      },
    },
  ]
  return (
    <Panel
      span={span}
      title={`${total === null ? 'Some energy' : `${formatCount(Math.round(total))}\u202f${unit}`} stood idle; ${RULE[idle.rule]}`}
      meta={
        <>
          IT energy that the site’s meter shows and no workload claims. The rule is set in{' '}
          <Link href={`/o/${org}/settings`}>Settings</Link>; the other columns show who would carry it. To the last µWh,
          carried + unallocated = idle. Figures by team on other pages leave idle unallocated
        </>
      }
    >
      <DataTable
        caption="Idle capacity by rule"
        density={28}
        sortable={false}
        columns={[
          { key: 'team', label: 'Team' },
          { key: 'consumed', label: 'Consumed', unit, align: 'right', plain: 'told-here' },
          { key: 'peak', label: 'Devices at the peak', align: 'right', plain: 'count' },
          { key: 'byConsumed', label: 'Idle by consumption', unit, align: 'right', plain: 'told-here' },
          { key: 'byReserved', label: 'Idle by reservation', unit, align: 'right', plain: 'told-here' },
          { key: 'carried', label: 'In force', unit, align: 'right', plain: 'told-here' },
          { key: 'mass', label: 'In force', unit: `${mass} CO2e`, align: 'right', plain: 'told-here' },
        ]}
        rows={rows}
        total={{
          id: 'total',
          cells: {
            team: 'Idle, all',
            byConsumed: total,
            byReserved: total,
            carried: total,
            mass: massIn(idle.idle_mg, mass),
          },
        }}
      />
    </Panel>
  )
}
