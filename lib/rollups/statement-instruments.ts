import { z } from 'zod'
import { deploymentSchema } from '@/lib/contracts/common'
import { query } from '@/lib/db/query'
import { exactInteger } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { instrumentDays } from './instrument-effect'

const useRow = z.object({
  instrument_id: z.string(),
  kind: z.enum(['go', 'rec', 'i_rec', 'ppa', 'green_tariff', 'supplier_rate']),
  name: z.string(),
  market: z.string(),
  vintage_from: z.string(),
  vintage_to: z.string(),
  cancelled_on: z.string().nullable(),
  serial: z.string().nullable(),
  mwh: z.number().nullable(),
  covered_uwh: exactInteger,
  effect_mg: exactInteger,
})
export type InstrumentUse = z.infer<typeof useRow>

/** Instruments that took something off the months that begin in [from, to): energy covered and effect. From the allocation lines. */
export const instrumentsUsed = (tx: OrgTx, { from, to }: { from: string; to: string }): Promise<InstrumentUse[]> =>
  query(tx, {
    name: 'statement.instruments',
    row: useRow,
    sql: Prisma.sql`
      select i.instrument_id::text as instrument_id, i.kind, i.name, i.market, to_char(i.vintage_from, 'YYYY-MM-DD') as vintage_from,
        to_char(i.vintage_to, 'YYYY-MM-DD') as vintage_to, to_char(i.cancelled_on, 'YYYY-MM-DD') as cancelled_on, i.serial, i.mwh,
        sum(l.covered_uwh) as covered_uwh, sum(l.effect_mg) as effect_mg
      from allocation_line l
      join instrument i on i.org_id = l.org_id and i.instrument_id = l.instrument_id
      where l.org_id = app_org() and l.month >= ${from}::date and l.month < ${to}::date
      group by i.org_id, i.instrument_id
      order by covered_uwh desc, i.name, i.instrument_id`,
  })

const effectRow = z.object({ deployment: deploymentSchema, effect_mg: exactInteger })
export type DeploymentEffect = z.infer<typeof effectRow>

/** The effect on the UTC days [from, to) by who controls the machines. */
export const instrumentEffects = (tx: OrgTx, window: { from: string; to: string }): Promise<DeploymentEffect[]> =>
  query(tx, {
    name: 'statement.instrument_effects',
    row: effectRow,
    sql: Prisma.sql`
      select a.deployment, sum(d.effect_mg) as effect_mg
      from (${instrumentDays(window)}) d
      join attribution a on a.org_id = app_org() and a.attribution_id = d.attribution_id
      group by 1
      order by 1`,
  })
