import { flopsPerJoule as perJoule, mfuOf as shareOfPeak } from '@/lib/accounting/energy-models/mfu'
import { Prisma } from '@/lib/generated/prisma/client'
import { flopsPerSecondIn } from '@/lib/units/measure'
import { deviceHours, flops, kilowattHours, value } from '@/lib/units/quantity'

/** A peak as somebody stated it: dense, at the precision that training uses (METHOD §1.4). */
export interface Peak {
  tflops: number
  source: string
}

/** Achieved FLOP/s per watt of IT power. Null without FLOPs or energy. */
export const flopsPerJoule = (work: number | null, itUwh: bigint | null): number | null =>
  work === null || itUwh === null ? null : perJoule(flops(work), kilowattHours(Number(itUwh) / 1e9))

/** Share of the dense peak that was reached. Null without FLOPs, time or peak, and where they contradict each other (above 1). */
export const mfuOf = (work: number | null, hours: number | null, peak: Peak | null): number | null => {
  if (work === null || hours === null || peak === null || work > hours * 3600 * peak.tflops * 1e12) return null
  const reached = shareOfPeak(flops(work), deviceHours(hours), flopsPerSecondIn(peak.tflops, 'TFLOP'))
  return reached === null ? null : value(reached)
}

/** The peak that the asset register states for a hardware name, of the unit bought last; `hardware` is an SQL expression. */
export const registeredPeak = (hardware: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select a.peak_tflops from asset a
  where a.org_id = app_org() and a.removed_at is null and a.hardware = ${hardware} and a.peak_tflops is not null
  order by a.in_service_on desc, a.asset_id limit 1)`
