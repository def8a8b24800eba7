import { z } from 'zod'
import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import { widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import { query } from '@/lib/db/query'
import { exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { uncertaintyWidths } from './uncertainty-widths'

const partRow = z.object({
  source: z.enum(['energy', 'overhead', 'intensity', 'embodied']),
  errs_together: z.string(),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  mg: exactInteger,
})

export interface WorkloadSpread {
  /** Σ location-based of the hours, with its 95 % interval. */
  location: Interval
  /** The same with amortised embodied emissions. */
  total: Interval
}

/**
 * 95 % interval of the emissions of some attributions on some days, made of their hours by tier: what shares a meter, a site or a zone errs
 * together (METHOD §9). `attributions` is a condition on an attribution `c`. Null where no hour is known.
 */
export const workloadSpread = async (
  tx: OrgTx,
  attributions: Prisma.Sql,
  days: Prisma.Sql,
): Promise<WorkloadSpread | null> => {
  const parts = await query(tx, {
    name: 'workload.spread',
    row: partRow,
    sql: Prisma.sql`
      with told as (
        select e.location_mg, e.energy_tier, e.overhead_tier, e.intensity_tier, e.total_embodied_mg,
          (e.terms -> 'embodied' ->> 'tier')::int as embodied_tier, c.hardware,
          concat_ws(' ', c.team_id::text, c.model_id::text, c.stage, c.site_id::text) as row_of, c.site_id::text as site, c.zone
        from attribution c
        join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
        where c.org_id = app_org() and ${attributions} and ${days}
      )
      select k.source, k.errs_together, k.tier, sum(u.mg) as mg
      from told
      cross join lateral unnest(location_mg, energy_tier, overhead_tier, intensity_tier) as u(mg, energy, overhead, intensity)
      cross join lateral (values
        ('energy', u.energy::int, row_of), ('overhead', u.overhead::int, coalesce(site, zone, '')),
        ('intensity', u.intensity::int, coalesce(zone, ''))
      ) k(source, tier, errs_together)
      where u.mg is not null and k.tier is not null
      group by 1, 2, 3
      union all
      select 'embodied', coalesce(hardware, ''), embodied_tier, sum(total_embodied_mg)
      from told
      where total_embodied_mg is not null and embodied_tier is not null
      group by 2, 3`,
  })
  const energies = parts.filter((part) => part.source === 'energy')
  if (energies.length === 0) return null
  const widths = widthsWith(await uncertaintyWidths(tx))
  const contributions = parts.map((part) => ({
    source: part.source,
    group: part.errs_together,
    amount: part.mg,
    u95: widths[part.source][part.tier],
  }))
  const sum = (rows: typeof parts) => rows.reduce((all, part) => all + part.mg, 0n)
  const location = sum(energies)
  const embodied = sum(parts.filter((part) => part.source === 'embodied'))
  return {
    location: intervalOf(
      location,
      contributions.filter((one) => one.source !== 'embodied'),
    ),
    total: intervalOf(location + embodied, contributions),
  }
}

/** Half-width of an interval in mg, the larger side of a skewed one. */
export const halfWidth = ({ total, low, high }: Interval): bigint =>
  high - total > total - low ? high - total : total - low
