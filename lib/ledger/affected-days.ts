import type { Tx } from '@/lib/db/with-org-sql'
import { openDays } from './open-days'

/**
 * Which posted days a changed fact concerns, one function for each cause. Each opens them in the transaction of the change and tells
 * how many; a day without entries has nothing to be computed again. Days are `2026-03-01`; `to` is the first day outside, null is open.
 */
export interface Between {
  from: string | null
  to: string | null
}

export const ALWAYS: Between = { from: null, to: null }

const openFound = async (tx: Tx, orgId: string, rows: { day: string }[]): Promise<number> => {
  await openDays(
    tx,
    orgId,
    rows.map(({ day }) => day),
  )
  return rows.length
}

/** A site's meters, declared ratios, water or supplier: the days on which its own meters or workloads there were read. */
export const openDaysOfSite = async (
  tx: Tx,
  orgId: string,
  siteId: string,
  { from, to }: Between = ALWAYS,
): Promise<number> => {
  const { rows } = await tx.query<{ day: string }>(
    `/* ledger.days_of_site */
     select to_char(day, 'YYYY-MM-DD') as day from (
       select e.day from attribution a join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
       where a.org_id = $1 and a.site_id = $2 and e.is_current
       union
       select f.day from facility_day f where f.org_id = $1 and f.site_id = $2
     ) touched
     where ($3::date is null or day >= $3) and ($4::date is null or day < $4)`,
    [orgId, siteId, from, to],
  )
  return openFound(tx, orgId, rows)
}

/** The asset register or the library's embodied value: the days on which workloads ran on hardware of these names, however written. */
export const openDaysOfHardware = async (
  tx: Tx,
  orgId: string,
  hardware: string[],
  { from, to }: Between = ALWAYS,
): Promise<number> => {
  const { rows } = await tx.query<{ day: string }>(
    `/* ledger.days_of_hardware */
     select distinct to_char(e.day, 'YYYY-MM-DD') as day
     from attribution a join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
     where a.org_id = $1 and e.is_current
       and ${folded('a.hardware')} in (select ${folded('name')} from unnest($2::text[]) as named(name))
       and ($3::date is null or e.day >= $3) and ($4::date is null or e.day < $4)`,
    [orgId, hardware, from, to],
  )
  return openFound(tx, orgId, rows)
}

/** As hardwareKey of lib/accounting folds a name. */
const folded = (column: string): string =>
  `trim(both '-' from regexp_replace(lower(${column}), '[^a-z0-9]+', '-', 'g'))`

/** A factor of a grid zone: residual mix, losses, upstream, water, intensity; or an acceptance for it. Zones are named exactly. */
export const openDaysOfZones = async (
  tx: Tx,
  orgId: string,
  zones: string[],
  { from, to }: Between = ALWAYS,
): Promise<number> => {
  const { rows } = await tx.query<{ day: string }>(
    `/* ledger.days_of_zones */
     select distinct to_char(e.day, 'YYYY-MM-DD') as day
     from attribution a join entry e on e.org_id = a.org_id and e.attribution_id = a.attribution_id
     where a.org_id = $1 and a.zone = any($2) and e.is_current
       and ($3::date is null or e.day >= $3) and ($4::date is null or e.day < $4)`,
    [orgId, zones, from, to],
  )
  return openFound(tx, orgId, rows)
}

/** A newer version or the withdrawal of factors: the days whose entries rest on them. What they might newly apply to is asked by place. */
export const openDaysRestingOn = async (tx: Tx, orgId: string, factorIds: string[]): Promise<number> => {
  const { rows } = await tx.query<{ day: string }>(
    `/* ledger.days_resting_on */
     select distinct to_char(e.day, 'YYYY-MM-DD') as day
     from entry e, jsonb_array_elements(e.factors) as used
     where e.org_id = $1 and e.is_current and used ->> 'id' = any($2)`,
    [orgId, factorIds],
  )
  return openFound(tx, orgId, rows)
}

/** Everything, for a change that any entry may rest on: the settings' GWP set, an industry-wide fallback. */
export const openEveryDay = async (tx: Tx, orgId: string): Promise<number> => {
  const { rows } = await tx.query<{ day: string }>(
    `/* ledger.every_day */
     select distinct to_char(day, 'YYYY-MM-DD') as day from entry where org_id = $1 and is_current`,
    [orgId],
  )
  return openFound(tx, orgId, rows)
}
