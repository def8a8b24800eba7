import type { InstrumentFields } from '@/lib/contracts/instruments'
import type { Tx } from '@/lib/db/with-org-sql'
import { insertInstrument, reopen } from '@/lib/registry/edit-instrument'
import { DAY, dayName } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { SEED } from './progress'

/** Comes in: the demo's calendar. Goes out: what Meridian Labs has bought of green electricity, well and badly. */

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** Wind over Norrbotten: more in winter than in summer, more by night than by day. Shares of the whole, month × UTC hour. */
const WIND_PROFILE = [118, 110, 104, 92, 80, 72, 66, 74, 88, 101, 112, 120].flatMap((month) =>
  HOURS.map((hour) => month * (1 + 0.22 * Math.cos(((hour - 1) / 24) * 2 * Math.PI))),
)
const WHOLE = WIND_PROFILE.reduce((sum, share) => sum + share, 0)
const profile = WIND_PROFILE.map((share) => Number((share / WHOLE).toFixed(8)))

const DEFAULTS = {
  site: null,
  g_per_kwh: 0,
  technology: null,
  tracking_system: null,
  serial: null,
  cancelled_on: null,
  cancelled_for: null,
  conveys_attribute: true,
  sole_claim: true,
  hourly_profile: null,
  evidence: null,
} satisfies Partial<InstrumentFields>

const instrumentsOf = (calendar: Calendar): InstrumentFields[] => {
  const year = calendar.lastMonth.slice(0, 4)
  const vintage = { vintage_from: `${year}-01-01`, vintage_to: dayName(calendar.to) }
  return [
    {
      ...DEFAULTS,
      ...vintage,
      kind: 'go',
      name: `GO portfolio FRA-2, Norwegian hydro ${year}`,
      market: 'EU',
      site: 'fra-2',
      mwh: 2900,
      technology: 'Hydro, run of river',
      tracking_system: 'AIB EECS, NECS',
      serial: '643002406801000000000041220176-643002406801000000000044120175',
      cancelled_on: dayName(calendar.to - 8 * DAY),
      cancelled_for: 'Meridian Labs',
      evidence: 'Cancellation statement, NECS',
    },
    {
      ...DEFAULTS,
      ...vintage,
      kind: 'go',
      name: `GO Denmark, offshore wind ${year}`,
      market: 'EU',
      mwh: 600,
      technology: 'Wind, offshore',
      tracking_system: 'AIB EECS, Energinet',
      evidence: 'Broker’s invoice; held in the broker’s account',
    },
    {
      ...DEFAULTS,
      kind: 'ppa',
      name: 'PPA LUL-1, Råneå wind',
      market: 'SE',
      site: 'lul-1',
      mwh: 1450,
      g_per_kwh: 0,
      technology: 'Wind, onshore',
      tracking_system: 'AIB EECS, Cesar',
      vintage_from: dayName(calendar.at(8, 1)),
      vintage_to: dayName(calendar.to),
      cancelled_on: dayName(calendar.to - 5 * DAY),
      cancelled_for: 'Meridian Labs',
      hourly_profile: profile,
      evidence: 'Power purchase agreement of 2 February, § 7: certificates are cancelled for the buyer each month',
    },
  ]
}

/** Each once, whatever was changed of it since. */
export const writeInstruments = async (tx: Tx, orgId: string, calendar: Calendar): Promise<void> => {
  for (const fields of instrumentsOf(calendar)) {
    const { rowCount } = await tx.query('select 1 from instrument where org_id = $1 and name = $2', [
      orgId,
      fields.name,
    ])
    if (rowCount !== 0) continue
    await insertInstrument(tx, orgId, fields, SEED)
    await reopen(tx, orgId, [fields])
  }
}
