import { gbSettingsSchema } from '@/lib/contracts/connectors'
import { GB_SOURCE, gbHours, gbTime } from '@/lib/grid/sources/gb-carbon-intensity'
import { DAY, HOUR, hourStart, isoInstant } from '@/lib/units/time'
import { windowOf } from './electricity-maps'
import { keepForecast, keepHours, newestOf } from './keep-hours'
import { askFrom, fillLongHole, seen, seriesCursor } from './series-cursor'
import type { Poller, Turn } from './turn'

/** Half-hours of Great Britain, without a key. At most 14 days at once. */

const WINDOW = 14 * DAY
const REACH = WINDOW - HOUR
const KEY = 'GB direct'
const SERIES = { zone: 'GB', basis: 'direct', source: GB_SOURCE } as const

const ask = (turn: Turn, path: string): Promise<unknown> =>
  turn.client.json({ url: `${gbSettingsSchema.parse(turn.settings).base_url}/intensity${path}` })

const actualHours = async (turn: Turn, from: number, to: number) =>
  gbHours(await ask(turn, `/${gbTime(from)}/${gbTime(to)}`), { of: 'actual', from, to })

export const gbCarbonIntensity: Poller = {
  minIntervalMs: 1000,

  async poll(turn) {
    await fillLongHole(turn, [KEY], REACH)
    const known = seriesCursor(turn.cursor)
    const now = turn.now()
    const { from, looksBack } = askFrom(known, KEY, { now, furthest: REACH })
    // Of an hour that runs one half at most is known; it waits until it is whole.
    const to = hourStart(now)
    if (to > from) {
      const hours = await actualHours(turn, from, to)
      await turn.keep({
        cursor: seen(turn, KEY, newestOf(known.newest[KEY] ?? null, hours, now), looksBack),
        work: (tx) => keepHours(tx, turn, SERIES, hours),
      })
    }
    if (gbSettingsSchema.parse(turn.settings).forecast) {
      const first = hourStart(now) + HOUR
      const range = { from: first, to: first + 47 * HOUR }
      const hours = gbHours(await ask(turn, `/${gbTime(first)}/fw48h`), { of: 'forecast', ...range })
      // The API does not tell when a forecast was made: the half-hour in which we asked stands for it.
      const issuedAt = Math.floor(now / (HOUR / 2)) * (HOUR / 2)
      await turn.keep({ work: (tx) => keepForecast(tx, turn, SERIES, { issuedAt, hours }) })
    }
  },

  async backfill(turn, progress) {
    const { from, to } = windowOf(progress, WINDOW)
    const hours = await actualHours(turn, hourStart(from), to)
    await turn.keep({
      progress: { ...progress, done: isoInstant(to) },
      work: (tx) => keepHours(tx, turn, SERIES, hours),
    })
  },

  async test(turn) {
    const to = hourStart(turn.now())
    const hours = await actualHours(turn, to - 6 * HOUR, to)
    const last = hours.filter((hour) => hour.gPerKwh !== null).at(-1)
    return last
      ? `GB, ${isoInstant(last.at)}: ${last.gPerKwh} g/kWh.`
      : 'It answers, and knows none of the last 6 hours yet.'
  },
}
