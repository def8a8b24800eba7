import { z } from 'zod'
import { query } from '@/lib/db/query'
import { count, exactIntegerOrNull } from '@/lib/db/row'
import type { OrgTx } from '@/lib/db/with-org'
import { Prisma } from '@/lib/generated/prisma/client'
import { flopsPerJoule, mfuOf, type Peak, registeredPeak } from './achieved'
import { DEVICE_HOURS } from './device-hours'

const hardwareRow = z.object({
  hardware: z.string(),
  device_hours: z.number().nullable(),
  it_uwh: exactIntegerOrNull,
  facility_uwh: exactIntegerOrNull,
  location_mg: exactIntegerOrNull,
  embodied_mg: exactIntegerOrNull,
  workloads: count,
  /** Runs of this hardware alone whose FLOPs are known: what the efficiency is made of. */
  flops_runs: count,
  flops: z.number().nullable(),
  flops_device_hours: z.number().nullable(),
  flops_it_uwh: exactIntegerOrNull,
  peak_tflops: z.number().nullable(),
})

export type HardwareEfficiency = z.output<typeof hardwareRow> & {
  peak: Peak | null
  /** Achieved FLOP/s per watt of IT power, and share of the peak. Null where FLOPs, energy, time or peak are unknown. */
  flops_per_joule: number | null
  mfu: number | null
}

/**
 * One row for each hardware name that senders give with their readings, the most device-hours first: from the first reading to now, because
 * FLOPs are known of whole runs. `peakOf` is asked where the asset register states no peak.
 */
export const hardwareEfficiency = async (
  tx: OrgTx,
  peakOf: (hardware: string) => Peak | null = () => null,
): Promise<HardwareEfficiency[]> => {
  const rows = await query(tx, {
    name: 'hardware.efficiency',
    row: hardwareRow,
    sql: Prisma.sql`
      with used as (
        select c.hardware, c.run_id, coalesce(c.run_id, c.service_id) as workload_id,
          sum(${DEVICE_HOURS}) as device_hours, sum(e.total_it_uwh) as it_uwh, sum(e.total_facility_uwh) as facility_uwh,
          sum(e.total_location_mg) as location_mg, sum(e.total_embodied_mg) as embodied_mg
        from entry e
        join attribution c on c.org_id = e.org_id and c.attribution_id = e.attribution_id
        where e.org_id = app_org() and e.is_current and not e.unallocated
        group by 1, 2, 3
      ), alone as (
        select run_id from used where run_id is not null group by 1 having count(distinct coalesce(hardware, '')) = 1
      )
      select u.hardware, sum(u.device_hours)::float8 as device_hours, sum(u.it_uwh) as it_uwh, sum(u.facility_uwh) as facility_uwh,
        sum(u.location_mg) as location_mg, sum(u.embodied_mg) as embodied_mg, count(distinct u.workload_id) as workloads,
        count(r.run_id) as flops_runs, sum(r.flops) as flops,
        sum(u.device_hours) filter (where r.run_id is not null)::float8 as flops_device_hours,
        sum(u.it_uwh) filter (where r.run_id is not null) as flops_it_uwh,
        ${registeredPeak(Prisma.sql`u.hardware`)} as peak_tflops
      from used u
      left join run r on r.org_id = app_org() and r.run_id = u.run_id and r.flops is not null
        and u.it_uwh is not null and u.run_id in (select run_id from alone)
      where u.hardware is not null
      group by 1
      order by 2 desc nulls last, 1`,
  })
  return rows.map((row) => {
    const peak = row.peak_tflops === null ? peakOf(row.hardware) : { tflops: row.peak_tflops, source: 'asset register' }
    return {
      ...row,
      peak,
      flops_per_joule: flopsPerJoule(row.flops, row.flops_it_uwh),
      mfu: mfuOf(row.flops, row.flops_device_hours, peak),
    }
  })
}
