import { isClose } from '@/lib/accounting/gap-limit'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { readBatches } from '@/lib/ledger/batches'
import { energyIn, isPowerUnit, powerIn, type ReadingUnit } from '@/lib/units/convert'
import { value } from '@/lib/units/quantity'
import { dayOf, HOUR } from '@/lib/units/time'
import type { RunMeter } from './run-evidence'

export interface PowerStep {
  /** Start of the step, milliseconds since 1970. */
  at: number
  /** Mean over what of the step was read, all meters together; null where no meter was. */
  kilowatts: number | null
}

interface Read {
  at: number
  start: number | null
  value: number
}

export interface RunReadings {
  /** Readings of each series in the window that are the run's own, repeats included. */
  counts: Map<string, number>
  /** Power of each step of [start, end), by the meters of the IT boundary, or of the facility boundary where there are no others. */
  power: (window: { start: number; end: number; step_ms: number }) => PowerStep[]
}

/**
 * A run's raw readings, decoded from the batches of its days: how many there are, and power as fine as the meters gave it. What is
 * joined and what is a gap is judged as accounting judges it. Not for long runs: everything is decoded.
 */
export const runReadings = async (
  orgId: string,
  run: { workloadId: string; window: { from: string; to: string }; days: string[]; meters: RunMeter[] },
): Promise<RunReadings> => {
  const bySeries = await withOrgSql(appPool(), orgId, async (tx) => {
    const { rows } = await tx.query<{ attribution_id: string }>(
      `/* run.attributions */ select attribution_id from attribution
       where org_id = $1 and (run_id = $2 or (run_id is null and service_id = $2))`,
      [orgId, run.workloadId],
    )
    const own = new Set(rows.map((row) => row.attribution_id))
    const reads = new Map<string, Read[]>(run.meters.map((meter) => [meter.series_id, []]))
    for (const batch of await readBatches(tx, orgId, run.days, [...reads.keys()])) {
      for (const row of batch.rows) {
        const attribution = batch.attributionIds[row.attribution]
        const series = batch.seriesIds[row.series]
        if (attribution === undefined || series === undefined || !own.has(attribution)) continue
        reads.get(series)?.push({ at: row.at, start: row.start, value: row.value })
      }
    }
    return reads
  })
  for (const reads of bySeries.values()) reads.sort((a, b) => a.at - b.at)
  const boundary = run.meters.some((meter) => meter.boundary === 'it') ? 'it' : 'facility'
  const segments = run.meters
    .filter((meter) => meter.boundary === boundary)
    .map((meter) => segmentsOf(meter, bySeries.get(meter.series_id) ?? []))
  return {
    counts: new Map([...bySeries].map(([series, reads]) => [series, reads.filter(isInside(run.window)).length])),
    power: (window) => stepsOf(segments, window),
  }
}

/** A reading bears on the window by its time, an interval by any part of it. */
const isInside = ({ from, to }: { from: string; to: string }) => {
  const [first, end] = [dayOf(from), dayOf(to)]
  return (read: Read) => (read.start === null ? read.at >= first && read.at < end : read.at > first && read.start < end)
}

/** From `start` to `end` the power goes straight from `from` to `to`, kW. */
interface Segment {
  start: number
  end: number
  from: number
  to: number
}

const segmentsOf = (meter: RunMeter, reads: Read[]): Segment[] => {
  const unit = meter.unit as ReadingUnit
  const distinct = reads.filter(
    (read, i) => i === 0 || read.at !== reads[i - 1]?.at || read.start !== reads[i - 1]?.start,
  )
  const kilowattHours = (amount: number) => (isPowerUnit(unit) ? Number.NaN : value(energyIn(amount, unit)))
  const joined = distinct.map((read) => ({ ...read, attribution: 0 }))
  return distinct.flatMap((read, i): Segment[] => {
    if (meter.kind === 'delta') {
      const start = read.start ?? distinct[i - 1]?.at
      if (start === undefined || start >= read.at) return []
      const power = kilowattHours(read.value) / ((read.at - start) / HOUR)
      return [{ start, end: read.at, from: power, to: power }]
    }
    const next = distinct[i + 1]
    if (!next || next.at <= read.at) return []
    if (meter.kind === 'counter') {
      if (next.value < read.value) return []
      const power = kilowattHours(next.value - read.value) / ((next.at - read.at) / HOUR)
      return [{ start: read.at, end: next.at, from: power, to: power }]
    }
    if (!isPowerUnit(unit) || !isClose(joined, i)) return []
    return [
      {
        start: read.at,
        end: next.at,
        from: value(powerIn(read.value, unit)) / 1000,
        to: value(powerIn(next.value, unit)) / 1000,
      },
    ]
  })
}

const stepsOf = (
  series: Segment[][],
  { start, end, step_ms }: { start: number; end: number; step_ms: number },
): PowerStep[] => {
  const length = Math.max(0, Math.ceil((end - start) / step_ms))
  const total: (number | null)[] = Array.from({ length }, () => null)
  for (const segments of series) {
    const energy = new Float64Array(length)
    const covered = new Float64Array(length)
    for (const segment of segments) {
      const first = Math.max(0, Math.floor((segment.start - start) / step_ms))
      const last = Math.min(length - 1, Math.floor((segment.end - 1 - start) / step_ms))
      for (let step = first; step <= last; step += 1) {
        const from = Math.max(segment.start, start + step * step_ms)
        const to = Math.min(segment.end, start + (step + 1) * step_ms)
        const middle = (from + to) / 2
        const share = (middle - segment.start) / (segment.end - segment.start)
        energy[step] = (energy[step] ?? 0) + (segment.from + (segment.to - segment.from) * share) * (to - from)
        covered[step] = (covered[step] ?? 0) + (to - from)
      }
    }
    for (let step = 0; step < length; step += 1) {
      const milliseconds = covered[step] ?? 0
      if (milliseconds > 0) total[step] = (total[step] ?? 0) + (energy[step] ?? 0) / milliseconds
    }
  }
  return total.map((kilowatts, step) => ({ at: start + step * step_ms, kilowatts }))
}
