import { z } from 'zod'
import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import { widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import { query } from '@/lib/db/query'
import { exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { uncertaintyWidths } from './uncertainty-widths'

const tier = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const partRow = z.object({
  source: z.enum(['energy', 'overhead', 'intensity', 'embodied', 'loss', 'upstream']),
  errs_together: z.string(),
  tier,
  mg: exactInteger,
})

const EACH_TIER = Prisma.join(
  (['energy', 'overhead', 'intensity'] as const).flatMap((source) =>
    [1, 2, 3, 4, 5].map(
      (grade) =>
        Prisma.sql`(${source}, ${grade}::int, ${Prisma.raw(
          source === 'energy'
            ? "concat_ws(' ', c.team_id::text, c.stage, c.site_id::text)"
            : source === 'overhead'
              ? "coalesce(c.site_id::text, c.zone, '')"
              : "coalesce(c.zone, '')",
        )}, ${Prisma.raw(`c.${source}${grade}_mg`)})`,
    ),
  ),
  ', ',
)

/**
 * 95 % interval of a model's life: operational emissions by tier from the cube, the others by their factor from the ledger (METHOD §9). Null
 * where nothing is known.
 */
export const modelSpread = async (tx: OrgTx, model: string): Promise<Interval | null> => {
  const parts = await query(tx, {
    name: 'models.spread',
    row: partRow,
    sql: Prisma.sql`
      select k.source, k.errs_together, k.tier, sum(k.mg) as mg
      from emission_month c
      cross join lateral (values ${EACH_TIER}) k(source, tier, errs_together, mg)
      where c.org_id = app_org() and c.model_id = ${model}::uuid and k.mg > 0
      group by 1, 2, 3
      union all
      select k.source, k.errs_together, k.tier, sum(k.mg)
      from attribution c
      join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
      cross join lateral (values
        ('embodied', (e.terms -> 'embodied' ->> 'tier')::int, coalesce(c.hardware, ''), e.total_embodied_mg),
        ('loss', (e.terms -> 'loss' ->> 'tier')::int, coalesce(c.zone, ''), e.total_loss_mg),
        ('upstream', (e.terms -> 'upstream' ->> 'tier')::int, coalesce(c.zone, ''), e.total_upstream_mg)
      ) k(source, tier, errs_together, mg)
      where c.org_id = app_org() and c.model_id = ${model}::uuid and k.mg is not null and k.tier is not null
      group by 1, 2, 3`,
  })
  if (parts.length === 0) return null
  const widths = widthsWith(await uncertaintyWidths(tx))
  const total = parts
    .filter((part) => part.source !== 'overhead' && part.source !== 'intensity')
    .reduce((all, part) => all + part.mg, 0n)
  return intervalOf(
    total,
    parts.map((part) => ({
      source: part.source,
      group: part.errs_together,
      amount: part.mg,
      u95: widths[part.source === 'loss' || part.source === 'upstream' ? 'factor' : part.source][part.tier],
    })),
  )
}
