import { Prisma } from '@/lib/generated/prisma/client'
import { dayName } from '@/lib/units/time'
import { UNASSIGNED } from './cube-filter'

/** Which ledger entries are asked for: the UTC hours [from, to), and any of what people call them. */
export interface LedgerFilter {
  from: number
  to: number
  team?: string[]
  model?: string[]
  site?: string[]
  stage?: string[]
  deployment?: string[]
  zone?: string[]
  /** The UUID of a run, or of a service for what names no run. */
  run?: string
  /** Only entries with an hour that has no figure. */
  gap?: boolean
}

/** Cells of the entry `e` that lie in the window, as bounds of an array slice. */
export const firstCell = (from: number): Prisma.Sql =>
  Prisma.sql`greatest(1, 1 + (extract(epoch from (${new Date(from)}::timestamptz - e.day::timestamp at time zone 'utc')) / 3600)::int)`
export const lastCell = (to: number): Prisma.Sql =>
  Prisma.sql`least(24, (extract(epoch from (${new Date(to)}::timestamptz - e.day::timestamp at time zone 'utc')) / 3600)::int)`

/** Conditions on an entry `e` and its attribution `a`. The name of what has none is `unassigned`, as the pages write it. */
export const ledgerConditions = (filter: LedgerFilter): Prisma.Sql => {
  const parts = [
    Prisma.sql`e.org_id = app_org()`,
    Prisma.sql`e.day between ${dayName(filter.from)}::date and ${dayName(filter.to - 1)}::date`,
  ]
  const byName = (
    values: string[] | undefined,
    column: Prisma.Sql,
    table: Prisma.Sql,
    id: Prisma.Sql,
    name: Prisma.Sql,
  ) => {
    if (!values?.length) return
    const matching = Prisma.sql`${column} in (select ${id} from ${table} where org_id = app_org() and ${name} = any(${values}))`
    parts.push(values.includes(UNASSIGNED) ? Prisma.sql`(${matching} or ${column} is null)` : matching)
  }
  byName(filter.team, Prisma.sql`a.team_id`, Prisma.sql`team`, Prisma.sql`team_id`, Prisma.sql`name`)
  byName(filter.model, Prisma.sql`a.model_id`, Prisma.sql`model`, Prisma.sql`model_id`, Prisma.sql`name`)
  byName(filter.site, Prisma.sql`a.site_id`, Prisma.sql`site`, Prisma.sql`site_id`, Prisma.sql`slug`)
  const byValue = (values: string[] | undefined, column: Prisma.Sql) => {
    if (!values?.length) return
    const matching = Prisma.sql`${column} = any(${values})`
    parts.push(values.includes(UNASSIGNED) ? Prisma.sql`(${matching} or ${column} is null)` : matching)
  }
  byValue(filter.stage, Prisma.sql`a.stage`)
  byValue(filter.deployment, Prisma.sql`a.deployment`)
  byValue(filter.zone, Prisma.sql`a.zone`)
  if (filter.run) {
    parts.push(
      Prisma.sql`(a.run_id = ${filter.run}::uuid or (a.run_id is null and a.service_id = ${filter.run}::uuid))`,
    )
  }
  if (filter.gap) {
    parts.push(
      Prisma.sql`exists (select 1 from unnest(e.gap[${firstCell(filter.from)}:${lastCell(filter.to)}]) g where g is not null)`,
    )
  }
  return Prisma.join(parts, ' and ')
}

/** An entry that says something: a voided revision has neither energy nor gap. */
export const saysSomething = Prisma.sql`(e.total_it_uwh is not null or e.total_facility_uwh is not null
  or exists (select 1 from unnest(e.gap) g where g is not null) or exists (select 1 from unnest(e.elapsed_ms) x where x > 0))`
