import { z } from 'zod'
import { OUTCOMES } from '@/lib/contracts/runs'
import { query } from '@/lib/db/query'
import { exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { flopsPerJoule, mfuOf, type Peak, registeredPeak } from './achieved'
import { DEVICE_HOURS } from './device-hours'

const workRow = z.object({
  run_id: z.string(),
  name: z.string(),
  outcome: z.enum(OUTCOMES).nullable(),
  flops: z.number().nullable(),
  flops_source: z.string().nullable(),
  tokens: z.number().nullable(),
  it_uwh: exactIntegerOrNull,
  device_hours: z.number().nullable(),
  /** Null where senders named several. */
  hardware: z.string().nullable(),
  peak_tflops: z.number().nullable(),
})
export type RunWork = z.output<typeof workRow> & {
  peak: Peak | null
  flops_per_joule: number | null
  mfu: number | null
}

/** The work of runs and what it took, over their whole time: one run by its id, or all of a model. */
export const runWork = async (
  tx: OrgTx,
  of: { run: string } | { model: string },
  peakOf: (hardware: string) => Peak | null = () => null,
): Promise<RunWork[]> => {
  const rows = await query(tx, {
    name: 'runs.work',
    row: workRow,
    sql: Prisma.sql`
      with took as (
        select c.run_id, sum(e.total_it_uwh) as it_uwh, sum(${DEVICE_HOURS})::float8 as device_hours,
          case when count(distinct coalesce(c.hardware, '')) = 1 then max(c.hardware) end as hardware
        from attribution c
        join entry e on e.org_id = c.org_id and e.attribution_id = c.attribution_id and e.is_current
        where c.org_id = app_org() and c.run_id is not null
          and ${'run' in of ? Prisma.sql`c.run_id = ${of.run}::uuid` : Prisma.sql`c.model_id = ${of.model}::uuid`}
        group by 1
      )
      select r.run_id, r.name, r.outcome, r.flops, r.flops_source, r.tokens, t.it_uwh, t.device_hours, t.hardware,
        ${registeredPeak(Prisma.sql`t.hardware`)} as peak_tflops
      from took t
      join run r on r.org_id = app_org() and r.run_id = t.run_id
      order by r.name`,
  })
  return rows.map((row) => {
    const peak =
      row.hardware === null
        ? null
        : row.peak_tflops === null
          ? peakOf(row.hardware)
          : { tflops: row.peak_tflops, source: 'asset register' }
    return {
      ...row,
      peak,
      flops_per_joule: flopsPerJoule(row.flops, row.it_uwh),
      mfu: mfuOf(row.flops, row.device_hours, peak),
    }
  })
}
