import type { UnitStatement } from '@/lib/contracts/functional-units'
import type { Tx } from '@/lib/db/with-org-sql'
import { writeUnits } from '@/lib/registry/functional-units'
import { DAY, dayName } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { SEED } from './progress'
import { randomOf, wander } from './random'
import { SERVICES } from './services'

/** What the services delivered, as a usage export tells it day by day. */

interface Delivers {
  unit: string
  /** IT energy of one, Wh, when the window opens and when it closes: batching and caches make it less. */
  wh: [first: number, last: number]
  /** Further counts for each of them. */
  with?: Record<string, number>
}

const DELIVERS: Record<string, Delivers> = {
  chat: { unit: 'request', wh: [0.52, 0.36], with: { 'output-token': 412, 'input-token': 1380 } },
  'agents-api': { unit: 'request', wh: [3.9, 2.7], with: { 'output-token': 2950, 'input-token': 21_400 } },
  search: { unit: 'request', wh: [0.031, 0.026] },
  ranker: { unit: 'request', wh: [0.0125, 0.0118] },
  'vision-caption': { unit: 'image', wh: [0.094, 0.081] },
  'speech-live': { unit: 'minute', wh: [0.42, 0.34] },
}

const statementsOf = ({ from, to, at }: Calendar, service: string, delivers: Delivers): UnitStatement[] => {
  const places = SERVICES.filter(({ name }) => name === service)
  const random = randomOf(`delivered by ${service}`)
  const drift = wander(random, 0.025, 12)
  const statements: UnitStatement[] = []
  // The usage export of the agents failed for three days, and nobody has asked for them again.
  const lost = service === 'agents-api' ? [at(12, 20), at(12, 23)] : [0, 0]
  for (let day = from; day < to; day += DAY) {
    const through = (day - from) / (to - from)
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
    const wattHours = places.reduce((all, { kw: [first, last], weekend }) => {
      const level = (first + (last - first) * through) / ((5 + 2 * weekend) / 7)
      return all + level * (isWeekend ? weekend : 1) * 24_000
    }, 0)
    const each = delivers.wh[0] + (delivers.wh[1] - delivers.wh[0]) * through
    const count = Math.round((wattHours / each) * (1 + drift()))
    if (day >= (lost[0] as number) && day < (lost[1] as number)) continue
    const say = (unit: string, amount: number) =>
      statements.push({ service, day: dayName(day), unit, count: Math.round(amount) })
    say(delivers.unit, count)
    for (const [unit, times] of Object.entries(delivers.with ?? {})) say(unit, count * times * (1 + drift() / 2))
  }
  return statements
}

export const writeDelivered = async (tx: Tx, orgId: string, calendar: Calendar): Promise<void> => {
  for (const [service, delivers] of Object.entries(DELIVERS))
    await writeUnits(tx, orgId, statementsOf(calendar, service, delivers), { source: 'usage export', by: SEED })
}
