import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Calendar, calendarOf, lastFullMonth } from './calendar'
import { type Delivery, evidenceOf } from './evidence'
import { runsOf } from './runs'
import { servicesOf } from './services'
import { siteMeters } from './site-meters'
import { telemetryOf } from './telemetry'

const calendar = calendarOf('2026-10')
const NOW = Date.UTC(2026, 10, 24)

const digestOf = (deliveries: Delivery[]): string =>
  createHash('sha256')
    .update(JSON.stringify(deliveries.map(({ rejected, ...delivery }) => ({ ...delivery, rejected: [...rejected] }))))
    .digest('hex')

describe('the window', () => {
  it('is the thirteen months up to the last full one', () => {
    expect(lastFullMonth(NOW)).toBe('2026-10')
    expect(lastFullMonth(Date.UTC(2027, 0, 1))).toBe('2026-12')
    expect([calendar.from, calendar.to]).toEqual([Date.UTC(2025, 9, 1), Date.UTC(2026, 10, 1)])
    expect([0, 5, 12].map((month) => calendar.monthOf(month))).toEqual(['2025-10', '2026-03', '2026-10'])
  })

  it('holds every workload, whichever month it ends in', () => {
    const outside = (one: Calendar) =>
      [...runsOf(one), ...servicesOf(one)].filter(({ start, end }) => start < one.from || end > one.to || start >= end)
    const months = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`)
    expect(months.flatMap((month) => outside(calendarOf(month)))).toEqual([])
  })

  it('gives each run a name of its own', () => {
    const names = runsOf(calendar).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('the evidence', () => {
  const evidence = evidenceOf(calendar, NOW)

  it('is the same every time', () => {
    const again = evidenceOf(calendar, NOW + 3_600_000)
    expect(digestOf(again.onTime)).toBe(digestOf(evidence.onTime))
    expect(digestOf(again.late)).toBe(digestOf(evidence.late))
  })

  it('is refused only where a sensor sends negative values', () => {
    const rejected = new Map<string, number>()
    for (const delivery of [...evidence.onTime, ...evidence.late])
      for (const [reason, readings] of delivery.rejected) rejected.set(reason, (rejected.get(reason) ?? 0) + readings)
    expect([...rejected.keys()]).toEqual(['value_negative'])
  })

  it('keeps what was refused as it came, so that it can be mended and sent again', () => {
    const deliveries = [...evidence.onTime, ...evidence.late]
    for (const { rejected, refused } of deliveries)
      expect(refused).toHaveLength([...rejected.values()].reduce((sum, readings) => sum + readings, 0))
    const refused = deliveries.flatMap((delivery) => delivery.refused)
    expect(refused.length).toBeGreaterThan(0)
    for (const { with: said, item } of refused) {
      expect(said).toMatchObject({ protocol: 'native', said: { site: 'KEF-1' } })
      expect((item as { value: number }).value).toBeLessThan(0)
    }
  })

  it('comes in requests that are small, newest first, and some of it late', () => {
    expect(Math.max(...evidence.onTime.map(({ readings }) => readings.length))).toBeLessThan(2000)
    const starts = evidence.onTime
      .filter(({ protocol }) => protocol === 'native')
      .map(({ readings }) => Math.floor(((readings[0]?.at ?? 0) - calendar.from) / (7 * 86_400_000)))
    expect(starts).toEqual([...starts].sort((a, b) => b - a))
    expect(evidence.late.map(({ readings }) => readings.length)).toEqual([42])
  })
})

describe('the buildings', () => {
  it('count at least what their workloads count, and a few per cent more', () => {
    const loads = new Map<string, Map<number, number>>()
    let claimed = 0
    for (const workload of [...servicesOf(calendar), ...runsOf(calendar)]) {
      if (!workload.place.name.startsWith('FRA-2')) continue
      const site = loads.get(workload.place.name) ?? new Map<number, number>()
      loads.set(workload.place.name, site)
      for (const [hour, wattHours] of telemetryOf(workload).hours) {
        site.set(hour, (site.get(hour) ?? 0) + wattHours)
        claimed += wattHours
      }
    }
    const [frankfurt] = siteMeters(calendar, loads)
    const counted = frankfurt?.readings.filter(({ boundary }) => boundary === 'it') ?? []
    let metered = 0
    counted.slice(1).forEach(({ at, value }, i) => {
      const before = counted[i] as { at: number; value: number }
      if (value < before.value) return
      const wattHours = value - before.value
      metered += wattHours
      expect(wattHours).toBeGreaterThan(loads.get('FRA-2 Frankfurt')?.get(before.at) ?? 0)
      expect(at - before.at).toBe(3_600_000)
    })
    expect(metered / claimed).toBeGreaterThan(1.02)
    expect(metered / claimed).toBeLessThan(1.08)
  })
})
