import { Prisma } from '@/lib/generated/prisma/client'

/** A peak as somebody stated it: dense, at the precision that training uses (METHOD §1.4). */
export interface Peak {
  tflops: number
  source: string
}

/**
 * Achieved FLOP/s per watt = FLOPs ÷ IT energy in joules. 1 kWh = 3.6e6 J. 3.6e17 FLOPs with 1 kWh → 1e11 FLOP/s/W. Null without both.
 */
export const flopsPerJoule = (flops: number | null, itUwh: bigint | null): number | null =>
  flops === null || itUwh === null || itUwh === 0n ? null : flops / (Number(itUwh) * 3.6e-3)

/** MFU = FLOPs ÷ (device-hours × 3600 s × peak) (METHOD §1.4). 3.6e18 FLOPs in 10 device-hours at 1,000 TFLOP/s → 0.1. Null without all. */
export const mfuOf = (flops: number | null, deviceHours: number | null, peak: Peak | null): number | null =>
  flops === null || deviceHours === null || deviceHours === 0 || peak === null
    ? null
    : flops / (deviceHours * 3600 * peak.tflops * 1e12)

/** The peak that the asset register states for a hardware name, of the unit bought last; `hardware` is an SQL expression. */
export const registeredPeak = (hardware: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select a.peak_tflops from asset a
  where a.org_id = app_org() and a.removed_at is null and a.hardware = ${hardware} and a.peak_tflops is not null
  order by a.in_service_on desc, a.asset_id limit 1)`
