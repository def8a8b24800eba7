import { z } from 'zod'
import { idleOfPool, type PoolIdleRule } from '@/lib/accounting/allocation/idle'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'

const userRow = z.object({
  /** Null: workloads that name no team. */
  team: z.string().nullable(),
  it_uwh: exactIntegerOrNull,
  /** The most devices that it held on one day; null where its senders give no count. */
  peak_devices: exactIntegerOrNull,
})
const poolRow = z.object({
  it_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  rule: z.enum(['unallocated', 'consumed', 'reserved']),
})

export interface IdleUser {
  team: string | null
  it_uwh: bigint | null
  peak_devices: bigint | null
  /** What it would carry by each rule, in the ledger's integers. */
  by_consumed_uwh: bigint
  by_reserved_uwh: bigint
  /** By the organisation's own rule. */
  carried_uwh: bigint
  carried_mg: bigint | null
}

export interface SiteIdle {
  rule: PoolIdleRule
  idle_uwh: bigint
  idle_mg: bigint | null
  users: IdleUser[]
  /** Stays a line of its own. Σ carried + unallocated = idle, to the last unit. */
  unallocated_uwh: bigint
  unallocated_mg: bigint | null
}

interface SiteWindow {
  siteId: string
  from: string
  to: string
}

/** The idle capacity of a site (METHOD §5.3) and who would carry it; null where the site has no IT meter that shows any. */
export const siteIdle = async (tx: OrgTx, { siteId, from, to }: SiteWindow): Promise<SiteIdle | null> => {
  const [pool] = await query(tx, {
    name: 'site.idle_pool',
    row: poolRow,
    sql: Prisma.sql`
      select sum(e.total_it_uwh) as it_uwh, sum(e.total_location_mg) as location_mg,
        coalesce((select idle_rule from organization_setting where org_id = app_org()), 'unallocated') as rule
      from attribution a
      join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
      where a.org_id = app_org() and a.site_id = ${siteId}::uuid and e.is_current and e.unallocated
        and e.day >= ${from}::date and e.day < ${to}::date`,
  })
  if (!pool || pool.it_uwh === null) return null
  const rows = await query(tx, {
    name: 'site.idle_users',
    row: userRow,
    sql: Prisma.sql`
      with days as (
        select t.name as team, e.day, sum(e.total_it_uwh) as it_uwh, sum(a.hardware_count) as devices
        from attribution a
        join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
        left join team t on t.org_id = a.org_id and t.team_id = a.team_id
        where a.org_id = app_org() and a.site_id = ${siteId}::uuid and e.is_current and not e.unallocated
          and (a.run_id is not null or a.service_id is not null) and e.day >= ${from}::date and e.day < ${to}::date
        group by 1, 2
      )
      select team, sum(it_uwh) as it_uwh, max(devices) as peak_devices
      from days group by 1 order by 2 desc nulls last, 1 nulls last`,
  })
  return splitIdle({ ...pool, it_uwh: pool.it_uwh }, rows)
}

type Pool = { it_uwh: bigint; location_mg: bigint | null; rule: PoolIdleRule }

/** PURE. */
export const splitIdle = (pool: Pool, rows: z.output<typeof userRow>[]): SiteIdle => {
  // A weight and no quantity: who is not known to have used anything carries nothing.
  const users = rows.map((row) => ({ consumed: row.it_uwh ?? 0n, reserved: row.peak_devices ?? 0n }))
  const consumed = idleOfPool(pool.it_uwh, users, 'consumed')
  const reserved = idleOfPool(pool.it_uwh, users, 'reserved')
  const carried = idleOfPool(pool.it_uwh, users, pool.rule)
  const mass = pool.location_mg === null ? null : idleOfPool(pool.location_mg, users, pool.rule)
  return {
    rule: pool.rule,
    idle_uwh: pool.it_uwh,
    idle_mg: pool.location_mg,
    users: rows.map((row, at) => ({
      ...row,
      by_consumed_uwh: consumed.parts[at] as bigint,
      by_reserved_uwh: reserved.parts[at] as bigint,
      carried_uwh: carried.parts[at] as bigint,
      carried_mg: (mass?.parts[at] as bigint | undefined) ?? null,
    })),
    unallocated_uwh: carried.unallocated,
    unallocated_mg: mass?.unallocated ?? null,
  }
}
