import { HOUR } from '@/lib/units/time'
import { type Double, type DoubleRequest, sendJson, startDouble } from './double'

const iso = (at: number) => new Date(at).toISOString()

export interface ElectricityMapsDouble extends Double {
  /** What it would answer for an hour. */
  valueAt: (zone: string, basis: string, at: number) => { g: number | null; estimated: boolean }
  /** Answers this instead, as long as it returns something. */
  trouble: (request: DoubleRequest) => { status: number; body: unknown; headers?: Record<string, string> } | null
  now: number
}

/** Speaks the recorded shapes of the Electricity Maps API for every zone. */
export const electricityMapsDouble = async (token: string): Promise<ElectricityMapsDouble> => {
  const double = await startDouble((request, response) => {
    const { path, query, headers } = request
    const trouble = self.trouble(request)
    if (trouble) {
      response.writeHead(trouble.status, { 'content-type': 'application/json', ...trouble.headers })
      return response.end(JSON.stringify(trouble.body))
    }
    if (headers['auth-token'] !== token) return sendJson(response, { error: 'Token unauthorized for zoneKey' }, 401)
    const zone = query.get('zone') ?? ''
    const basis = query.get('emissionFactorType') ?? 'lifecycle'
    const hour = (at: number) => {
      const { g, estimated } = self.valueAt(zone, basis, at)
      return {
        ...{
          zone,
          carbonIntensity: g,
          datetime: iso(at),
          updatedAt: iso(self.now),
          createdAt: iso(at),
          emissionFactorType: basis,
        },
        ...{ isEstimated: estimated, estimationMethod: estimated ? 'TIME_SLICER_AVERAGE' : null },
      }
    }
    const hours = (from: number, to: number) =>
      Array.from({ length: Math.max(0, (to - from) / HOUR) }, (_, i) => hour(from + i * HOUR))
    const running = Math.floor(self.now / HOUR) * HOUR
    if (path.endsWith('/latest')) return sendJson(response, hour(running))
    if (path.endsWith('/history'))
      return sendJson(response, { zone, history: hours(running - 23 * HOUR, running + HOUR) })
    if (path.endsWith('/past-range')) {
      const [start, end] = [Date.parse(query.get('start') ?? ''), Date.parse(query.get('end') ?? '')]
      if (end - start > 240 * HOUR) return sendJson(response, { error: 'range too long' }, 400)
      return sendJson(response, { zone, data: hours(start, Math.min(end, running + HOUR)) })
    }
    if (path.endsWith('/forecast')) {
      const forecast = Array.from({ length: 24 }, (_, i) => ({
        carbonIntensity: 50 + i,
        datetime: iso(running + (i + 1) * HOUR),
      }))
      return sendJson(response, { zone, forecast, updatedAt: iso(running) })
    }
    return sendJson(response, { message: 'Endpoint not available' }, 404)
  })
  const self: ElectricityMapsDouble = Object.assign(double, {
    valueAt: () => ({ g: 300, estimated: false }),
    trouble: () => null,
    now: 0,
  })
  return self
}

export interface WattTimeDouble extends Double {
  lbPerMwh: Record<string, number>
  model: string
  now: number
}

/** Speaks the recorded shapes of WattTime v3: five-minute points in lb/MWh behind a login. */
export const wattTimeDouble = async (login: {
  username: string
  password: string
  token: string
}): Promise<WattTimeDouble> => {
  const pair = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  const double = await startDouble(({ path, query, headers }, response) => {
    if (path === '/login')
      return headers.authorization === `Basic ${pair}`
        ? sendJson(response, { token: login.token })
        : sendJson(response, { error: `no such user ${login.username}` }, 401)
    if (headers.authorization !== `Bearer ${login.token}`) return sendJson(response, { error: 'token' }, 401)
    const signal = query.get('signal_type') ?? ''
    const isForecast = path.endsWith('/forecast')
    const from = isForecast ? self.now : Date.parse(query.get('start') ?? '')
    const to = isForecast ? self.now + 24 * HOUR : Date.parse(query.get('end') ?? '')
    const data = []
    for (let at = Math.ceil(from / 300_000) * 300_000; at < to; at += 300_000)
      data.push({ point_time: iso(at), value: self.lbPerMwh[signal] })
    const meta = {
      ...{ region: query.get('region'), signal_type: signal, model: { date: query.get('model') ?? self.model } },
      ...{ units: 'lbs_co2_per_mwh', data_point_period_seconds: 300, generated_at: iso(self.now), warnings: [] },
    }
    return sendJson(response, { data, meta })
  })
  const self: WattTimeDouble = Object.assign(double, {
    lbPerMwh: { co2_aoer: 1000, co2_moer: 2000 } as Record<string, number>,
    model: '2026-03-01',
    now: 0,
  })
  return self
}

/** Speaks the recorded shapes of the GB Carbon Intensity API; the half-hour before the range comes along, as it does there. */
export const gbDouble = (actualAt: (at: number) => number | null): Promise<Double> => {
  const half = HOUR / 2
  const minute = (at: number) => `${iso(at).slice(0, 16)}Z`
  return startDouble(({ path }, response) => {
    const [, , fromText = '', toText = ''] = path.split('/')
    const from = Date.parse(fromText.replace('Z', ':00Z'))
    const to = toText === 'fw48h' ? from + 48 * HOUR : Date.parse(toText.replace('Z', ':00Z'))
    const data = []
    for (let at = from - half; at < to; at += half)
      data.push({
        from: minute(at),
        to: minute(at + half),
        intensity: { forecast: 111, actual: actualAt(at), index: 'low' },
      })
    sendJson(response, { data })
  })
}
