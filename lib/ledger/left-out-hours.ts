import type { LeftOutMeter } from '@/lib/accounting/entries'
import type { Tx } from '@/lib/db/with-org-sql'

const REASONS: Record<LeftOutMeter['because'], string> = {
  same_device: 'same_device_hours',
  inside_host: 'inside_host_hours',
  inside_site_meter: 'inside_site_meter_hours',
}

/**
 * Writes for how many hours of the day each meter was left out because another tells its energy; an earlier posting's count of the day is
 * replaced. `samples` counts hours here, as the reason says.
 */
export const writeLeftOutHours = async (tx: Tx, orgId: string, day: string, leftOut: LeftOutMeter[]): Promise<void> => {
  await tx.query(
    'update left_out_count set samples = 0 where org_id = $1 and day = $2 and reason = any($3) and samples <> 0',
    [orgId, day, Object.values(REASONS)],
  )
  if (leftOut.length === 0) return
  await tx.query(
    `insert into left_out_count (org_id, source_id, day, metric, reason, samples)
     select $1, s.source_id, $2, s.meter, told.reason, sum(told.hours)
     from unnest($3::uuid[], $4::text[], $5::bigint[]) as told(series_id, reason, hours)
     join series s on s.org_id = $1 and s.series_id = told.series_id
     group by s.source_id, s.meter, told.reason
     order by s.source_id, s.meter, told.reason
     on conflict (org_id, source_id, day, metric, reason) do update set samples = excluded.samples`,
    [
      orgId,
      day,
      leftOut.map(({ seriesId }) => seriesId),
      leftOut.map(({ because }) => REASONS[because]),
      leftOut.map(({ hours }) => hours),
    ],
  )
}
