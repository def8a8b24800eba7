import {
  type ConnectorProgress,
  type ElectricityMapsSettings,
  electricityMapsSettingsSchema,
} from '@/lib/contracts/connectors'
import { ELECTRICITY_MAPS, electricityMapsForecast, electricityMapsHours } from '@/lib/grid/sources/electricity-maps'
import { DAY, HOUR, hourStart, isoInstant } from '@/lib/units/time'
import { needed } from './credentials'
import { eachSeries } from './each-series'
import { keepForecast, keepHours, newestOf } from './keep-hours'
import { OutboundError } from './outbound-error'
import { askFrom, fillLongHole, seen, seriesCursor } from './series-cursor'
import type { Poller, Turn } from './turn'

/** Hours of Electricity Maps. `past-range` answers at most 10 days of hours at once. */

const WINDOW = 10 * DAY
const REACH = WINDOW - 2 * HOUR

interface Series {
  zone: string
  basis: ElectricityMapsSettings['bases'][number]
}

const settingsOf = (turn: Turn): ElectricityMapsSettings => electricityMapsSettingsSchema.parse(turn.settings)
const seriesOf = ({ zones, bases }: ElectricityMapsSettings): Series[] =>
  zones.flatMap((zone) => bases.map((basis) => ({ zone, basis })))
const keyOf = ({ zone, basis }: Series): string => `${zone} ${basis}`

const ask = (
  turn: Turn,
  path: string,
  { zone, basis }: Series,
  more: Record<string, string> = {},
): Promise<unknown> => {
  const search = new URLSearchParams({ zone, emissionFactorType: basis, temporalGranularity: 'hourly', ...more })
  return turn.client.json({
    url: `${settingsOf(turn).base_url}/carbon-intensity/${path}?${search}`,
    credentials: { 'auth-token': needed(turn, 'token') },
  })
}

const range = (turn: Turn, series: Series, from: number, to: number): Promise<unknown> =>
  ask(turn, 'past-range', series, { start: isoInstant(from), end: isoInstant(to) })

const isOutsidePlan = (error: unknown): boolean =>
  error instanceof OutboundError && [401, 403, 404].includes(error.details.status ?? 0)

/** The widest look back that the plan allows: a range, else the last day, else the hour that runs. */
const lookBack = async (
  turn: Turn,
  series: Series,
  from: number,
): Promise<{ answer: unknown; note: string | null }> => {
  const to = hourStart(turn.now()) + HOUR
  try {
    return { answer: await range(turn, series, from, to), note: null }
  } catch (error) {
    if (!isOutsidePlan(error)) throw error
  }
  try {
    return {
      answer: await ask(turn, 'history', series),
      note: 'The plan tells the last 24 hours only: later corrections and older hours are not seen',
    }
  } catch (error) {
    if (!isOutsidePlan(error)) throw error
    return {
      answer: await ask(turn, 'latest', series),
      note: 'The plan tells the hour that runs only: corrections and missed hours are not seen',
    }
  }
}

export const electricityMaps: Poller = {
  minIntervalMs: 250,

  async poll(turn) {
    const settings = settingsOf(turn)
    await fillLongHole(turn, seriesOf(settings).map(keyOf), REACH)
    await eachSeries(seriesOf(settings), keyOf, async (series) => {
      const key = keyOf(series)
      const known = seriesCursor(turn.cursor)
      const now = turn.now()
      const { from, looksBack } = askFrom(known, key, { now, furthest: REACH })
      const onlyRunning = !looksBack && hourStart(now) - from <= HOUR
      const { answer, note } = onlyRunning
        ? { answer: await ask(turn, 'latest', series), note: turn.cursor.note ?? null }
        : await lookBack(turn, series, from)
      const hours = electricityMapsHours(answer, series)
      await turn.keep({
        cursor: { ...seen(turn, key, newestOf(known.newest[key] ?? null, hours, now), looksBack), note },
        work: (tx) => keepHours(tx, turn, { ...series, source: ELECTRICITY_MAPS }, hours),
      })
      if (settings.forecast) {
        const forecast = electricityMapsForecast(await ask(turn, 'forecast', series), series)
        await turn.keep({ work: (tx) => keepForecast(tx, turn, { ...series, source: ELECTRICITY_MAPS }, forecast) })
      }
    })
  },

  async backfill(turn, progress) {
    const { from, to } = windowOf(progress, WINDOW)
    await eachSeries(seriesOf(settingsOf(turn)), keyOf, async (series) => {
      const hours = electricityMapsHours(await range(turn, series, from, to), series).filter(
        ({ at }) => at >= from && at < to,
      )
      await turn.keep({ work: (tx) => keepHours(tx, turn, { ...series, source: ELECTRICITY_MAPS }, hours) })
    })
    await turn.keep({ progress: { ...progress, done: isoInstant(to) } })
  },

  async test(turn) {
    const [series] = seriesOf(settingsOf(turn))
    if (!series) return 'No zone is named.'
    const [hour] = electricityMapsHours(await ask(turn, 'latest', series), series)
    const value = hour?.gPerKwh === null || hour === undefined ? 'unknown' : `${hour.gPerKwh} g/kWh`
    return `${series.zone}, ${series.basis}, ${hour ? isoInstant(hour.at) : 'now'}: ${value}${hour?.estimated ? ', estimated' : ''}.`
  },
}

/** The next piece of a back-fill. */
export const windowOf = (progress: ConnectorProgress, length: number): { from: number; to: number } => {
  const from = Date.parse(progress.done)
  return { from, to: Math.min(from + length, Date.parse(progress.to)) }
}
