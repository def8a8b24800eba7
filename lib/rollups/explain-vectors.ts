import { z } from 'zod'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { instrumentDays, instrumentHours } from './instrument-effect'

const cells = z.array(z.number().nullable()).length(24)
const term = { tier: z.number().int(), factor: z.number().int() }

/** EntryTerms as the ledger keeps them (lib/accounting/entries). */
const termsSchema = z.object({
  market: z
    .object({ ...term, rate: z.enum(['supplier', 'residual', 'location']), gPerKwh: z.number().nullable() })
    .nullish(),
  loss: z.object({ ...term, fraction: z.number().nullable(), gPerKwh: z.number().nullable() }).nullish(),
  upstream: z.object({ ...term, gPerKwh: z.number() }).nullish(),
  water: z.object({ ...term, lPerKwh: z.number() }).nullish(),
  sourceWater: z.object({ ...term, lPerKwh: z.number() }).nullish(),
  embodied: z
    .object({
      ...term,
      kgPerDevice: z.number(),
      lifeHours: z.number(),
      plannedUse: z.number(),
      devices: z.number(),
      reservedMs: z.array(z.number()).optional(),
    })
    .nullish(),
})

/** A single entry-hour fits a number (lib/units/quantity); sums do not and are never made of these. */
const vectorsRow = z.object({
  it_uwh: cells,
  facility_uwh: cells,
  location_mg: cells,
  market_mg: cells,
  loss_mg: cells,
  upstream_mg: cells,
  embodied_mg: cells,
  water_ul: cells,
  source_water_ul: cells,
  terms: termsSchema,
})
export type LineVectors = z.output<typeof vectorsRow>

/** Every vector of one revision of an entry with the constants they were multiplied by. Leans on entry_by_id. */
export const lineVectors = async (
  tx: OrgTx,
  { entryId, revision }: { entryId: string; revision: number },
): Promise<LineVectors> => {
  const [row] = await query(tx, {
    name: 'explain.vectors',
    row: vectorsRow,
    sql: Prisma.sql`
      select to_json(e.it_uwh) as it_uwh, to_json(e.facility_uwh) as facility_uwh, to_json(e.location_mg) as location_mg,
        to_json(e.market_mg) as market_mg, to_json(e.loss_mg) as loss_mg, to_json(e.upstream_mg) as upstream_mg,
        to_json(e.embodied_mg) as embodied_mg, to_json(e.water_ul) as water_ul, to_json(e.source_water_ul) as source_water_ul, e.terms
      from entry e
      where e.org_id = app_org() and e.entry_id = ${entryId}::uuid and e.revision = ${revision}`,
  })
  return row as LineVectors
}

const effectRow = z.object({ effect_mg: exactIntegerOrNull })

/** What instruments take off the market-based figure of a workload on a UTC day, or in one of its hours; null where none acts. */
export const effectOnLine = async (
  tx: OrgTx,
  line: { attributionId: string; unallocated: boolean; day: string; dayAfter: string; hour: number | null },
): Promise<bigint | null> => {
  const window = { from: line.day, to: line.dayAfter }
  const pieces =
    line.hour === null
      ? instrumentDays(window)
      : Prisma.sql`select * from (${instrumentHours(window)}) h where h.place = ${line.hour + 1}`
  const [row] = await query(tx, {
    name: 'explain.effect',
    row: effectRow,
    sql: Prisma.sql`
      select sum(i.effect_mg) as effect_mg
      from (${pieces}) i
      where i.attribution_id = ${line.attributionId}::uuid and i.unallocated = ${line.unallocated} and i.day = ${line.day}::date`,
  })
  return row?.effect_mg ?? null
}
