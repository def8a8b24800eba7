import { z } from 'zod'
import { type WattTimeSettings, wattTimeSettingsSchema } from '@/lib/contracts/connectors'
import {
  BASIS_OF_SIGNAL,
  type WattTimeHours,
  type WattTimeSignal,
  wattTimeHours,
  wattTimeSource,
} from '@/lib/grid/sources/watttime'
import { DAY, HOUR, hourStart, isoInstant } from '@/lib/units/time'
import { basic, bearer, needed } from './credentials'
import { eachSeries } from './each-series'
import { windowOf } from './electricity-maps'
import { keepForecast, keepHours, newestOf } from './keep-hours'
import { OutboundError } from './outbound-error'
import { askFrom, fillLongHole, seen, seriesCursor } from './series-cursor'
import type { Poller, Turn } from './turn'

/** Average and marginal emission rates of WattTime v3, each to its own basis. A month of history at once. */

const WINDOW = 30 * DAY
const REACH = WINDOW - HOUR

interface Series {
  region: string
  zone: string
  signal: WattTimeSignal
}

const settingsOf = (turn: Turn): WattTimeSettings => wattTimeSettingsSchema.parse(turn.settings)
const seriesOf = ({ regions, signals }: WattTimeSettings): Series[] =>
  regions.flatMap(({ region, zone }) => signals.map((signal) => ({ region, zone, signal })))
const keyOf = ({ zone, signal }: Series): string => `${zone} ${BASIS_OF_SIGNAL[signal]}`
const rowOf = ({ region, zone, signal }: Series, modelDate: string | null) => ({
  zone,
  basis: BASIS_OF_SIGNAL[signal],
  source: wattTimeSource(region, signal, modelDate),
})

/** A session lasts 30 minutes; a turn is over long before. */
const logIn = async (turn: Turn): Promise<Record<string, string>> => {
  const answer = await turn.client.json({
    url: `${settingsOf(turn).base_url}/login`,
    credentials: basic(needed(turn, 'username'), needed(turn, 'password')),
  })
  const token = z.object({ token: z.string().min(1) }).safeParse(answer).data?.token
  if (!token) throw new OutboundError('failed', 'WattTime logged in without a token')
  turn.hide(token)
  return bearer(token)
}

const historical = async (
  turn: Turn,
  credentials: Record<string, string>,
  series: Series,
  [from, to]: [number, number],
): Promise<WattTimeHours> => {
  const { region, signal } = series
  const search = new URLSearchParams({ region, signal_type: signal, start: isoInstant(from), end: isoInstant(to) })
  const model = seriesCursor(turn.cursor).models[keyOf(series)]
  if (model && !seeksModel(turn)) search.set('model', model)
  const url = `${settingsOf(turn).base_url}/v3/historical`
  const found = await turn.client.json({ url: `${url}?${search}`, credentials })
  const told = wattTimeHours(found, { region, signal })
  const hours = told.hours.filter(({ at }) => at >= from && at + HOUR <= to)
  // Figures of an older model are of another series: they are left out, and never mixed in.
  return { ...told, hours: model && told.modelDate !== null && told.modelDate < model ? [] : hours }
}

/** Once a day no model is named, so that a new one is found. */
const seeksModel = (turn: Turn): boolean => turn.now() - Number(turn.cursor.models_at ?? 0) > DAY

/** The newest model of a series is asked for from then on. */
const modelsAfter = (turn: Turn, series: Series, modelDate: string | null) => {
  const { models } = seriesCursor(turn.cursor)
  const known = models[keyOf(series)]
  return modelDate !== null && (known === undefined || modelDate > known)
    ? { ...models, [keyOf(series)]: modelDate }
    : models
}

export const wattTime: Poller = {
  minIntervalMs: 150,

  async poll(turn) {
    const settings = settingsOf(turn)
    const credentials = await logIn(turn)
    const seeks = seeksModel(turn)
    await fillLongHole(turn, seriesOf(settings).map(keyOf), REACH)
    await eachSeries(seriesOf(settings), keyOf, async (series) => {
      const key = keyOf(series)
      const known = seriesCursor(turn.cursor)
      const now = turn.now()
      const { from, looksBack } = askFrom(known, key, { now, furthest: REACH })
      const to = hourStart(now)
      if (to > from) {
        const { hours, modelDate } = await historical(turn, credentials, series, [from, to])
        await turn.keep({
          cursor: {
            ...seen(turn, key, newestOf(known.newest[key] ?? null, hours, now), looksBack),
            models: modelsAfter(turn, series, modelDate),
          },
          work: (tx) => keepHours(tx, turn, rowOf(series, modelDate), hours),
        })
      }
      if (settings.forecast) await forecast(turn, credentials, series)
    })
    if (seeks) await turn.keep({ cursor: { models_at: turn.now() } })
  },

  async backfill(turn, progress) {
    const credentials = await logIn(turn)
    const { from, to } = windowOf(progress, WINDOW)
    await eachSeries(seriesOf(settingsOf(turn)), keyOf, async (series) => {
      const { hours, modelDate } = await historical(turn, credentials, series, [from, to])
      await turn.keep({
        cursor: { models: modelsAfter(turn, series, modelDate) },
        work: (tx) => keepHours(tx, turn, rowOf(series, modelDate), hours),
      })
    })
    await turn.keep({ progress: { ...progress, done: isoInstant(to) } })
  },

  async test(turn) {
    const credentials = await logIn(turn)
    const [series] = seriesOf(settingsOf(turn))
    if (!series) return 'The login works.'
    const to = hourStart(turn.now())
    const { hours, modelDate } = await historical(turn, credentials, series, [to - 3 * HOUR, to])
    const last = hours.filter((hour) => hour.gPerKwh !== null).at(-1)
    const model = modelDate === null ? '' : `, model ${modelDate}`
    return last
      ? `The login works. ${series.region}, ${series.signal}, ${isoInstant(last.at)}: ${last.gPerKwh?.toFixed(1)} g/kWh${model}.`
      : `The login works; ${series.region} has no ${series.signal} for the last 3 hours${model}.`
  },
}

const forecast = async (turn: Turn, credentials: Record<string, string>, series: Series): Promise<void> => {
  const { region, signal } = series
  const search = new URLSearchParams({ region, signal_type: signal, horizon_hours: '48' })
  const url = `${settingsOf(turn).base_url}/v3/forecast?${search}`
  const told = wattTimeHours(await turn.client.json({ url, credentials }), { region, signal })
  const issuedAt = told.generatedAt ?? turn.now()
  await turn.keep({
    work: (tx) => keepForecast(tx, turn, rowOf(series, told.modelDate), { issuedAt, hours: told.hours }),
  })
}
