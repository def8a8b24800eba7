import { Prisma } from '@/lib/generated/prisma/client'

/** Which part of a cube a panel shows: whole UTC days [from, to), and any of its dimensions by what people call them. */
export interface CubeFilter {
  from: string
  to: string
  team?: string[]
  model?: string[]
  site?: string[]
  stage?: string[]
  deployment?: string[]
  zone?: string[]
}

/**
 * Conditions on a cube row named `c` that has team_id, model_id, site_id, stage, deployment and zone. The name of what has none is
 * `unassigned`, as the pages write it.
 */
export const cubeConditions = (filter: CubeFilter): Prisma.Sql => {
  const parts = [Prisma.sql`c.org_id = app_org()`]
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
  byName(filter.team, Prisma.sql`c.team_id`, Prisma.sql`team`, Prisma.sql`team_id`, Prisma.sql`name`)
  byName(filter.model, Prisma.sql`c.model_id`, Prisma.sql`model`, Prisma.sql`model_id`, Prisma.sql`name`)
  byName(filter.site, Prisma.sql`c.site_id`, Prisma.sql`site`, Prisma.sql`site_id`, Prisma.sql`slug`)
  const byValue = (values: string[] | undefined, column: Prisma.Sql) => {
    if (!values?.length) return
    const matching = Prisma.sql`${column} = any(${values})`
    parts.push(values.includes(UNASSIGNED) ? Prisma.sql`(${matching} or ${column} is null)` : matching)
  }
  byValue(filter.stage, Prisma.sql`c.stage`)
  byValue(filter.deployment, Prisma.sql`c.deployment`)
  byValue(filter.zone, Prisma.sql`c.zone`)
  return Prisma.join(parts, ' and ')
}

/** What has no team, model, site, stage or zone: energy of a site that no workload claims, or a sender that did not say. */
export const UNASSIGNED = 'unassigned'
