import { Prisma } from '@/lib/generated/prisma/client'

/**
 * Device-hours of an entry `e` with its attribution `c`: devices × the time in which they were held. That is the union of its meters' times
 * where the books say it (terms.embodied), else their mean, an hour at most. Null where the sender named no count.
 */
export const DEVICE_HOURS = Prisma.sql`
  c.hardware_count * coalesce(
    (select sum(held.ms::numeric) from jsonb_array_elements_text(
      case jsonb_typeof(e.terms -> 'embodied' -> 'reservedMs') when 'array' then e.terms -> 'embodied' -> 'reservedMs' end) as held(ms)),
    (select sum(least(3600000, told.ms::numeric / greatest(1, cardinality(e.series_ids)))) from unnest(e.elapsed_ms) as told(ms))
  ) / 3600000`
