// Readings of some runs over many days of 2025, posted; then a revision of their zone's intensities. Arguments: an organisation's id, days,
// runs. Each run is read every five minutes.
import { appPool, closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { importIntensity } from '@/lib/grid/import-intensity'
import { referenceTables } from '@/lib/grid/zone-of'
import { acceptSeries } from '@/lib/ingest/accept-series'
import { postDay } from '@/lib/posting/post-day'
import { sourceOf } from '@/lib/registry/sources'
import { DAY, dayName, HOUR } from '@/lib/units/time'

const [orgId = '', days = '30', runs = '100'] = process.argv.slice(2)
const START = Date.UTC(2025, 0, 1)
const sourceId = await withOrgSql(appPool(), orgId, (tx) => sourceOf(tx, orgId, 'native'))
const meters = Array.from({ length: Number(runs) }, (_, run) => ({
  ...{ meter: `gpu-${run}`, kind: 'power' as const, unit: 'W' as const, boundary: 'it' as const },
  context: {
    ...{ run: `run-${run}`, service: null, model: `model-${run % 20}`, team: `team-${run % 10}`, stage: 'training' },
    ...{ site: null, gridZone: 'DE', country: null, cloudRegion: null, deployment: 'owned', pue: 1.2, gPerKwh: null },
    ...{ hardware: null, hardwareCount: null },
  },
}))
const tables = await referenceTables(workerPool())
for (let day = 0; day < Number(days); day += 1) {
  const from = START + day * DAY
  const series = meters.map((of, run) => ({
    of,
    samples: Array.from({ length: 288 }, (_, i) => ({
      ...{ at: from + i * 300_000, start: null },
      value: 300 + ((run * 31 + i * 7) % 400) / 10,
    })),
  }))
  await acceptSeries({ orgId, keyId: null, sourceId, series })
}
const revise = (gPerKwh: (hour: number) => number) =>
  withOrgSql(appPool(), orgId, (tx) =>
    importIntensity(tx, {
      ...{ orgId, zone: 'DE', basis: 'direct', source: 'measurement', retrievedAt: new Date() },
      hours: Array.from({ length: Number(days) * 24 }, (_, hour) => ({
        ...{ at: START + hour * HOUR, gPerKwh: gPerKwh(hour), estimated: false },
      })),
    } as Parameters<typeof importIntensity>[1]),
  )
await revise((hour) => 300 + (hour % 24) * 5)
for (let day = -1; day <= Number(days); day += 1)
  await postDay(workerPool(), tables, { orgId, day: dayName(START + day * DAY), now: Date.now() })
await revise((hour) => 280 + (hour % 24) * 6)
await closePools()
