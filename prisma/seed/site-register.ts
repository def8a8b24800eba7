import type { MeterFields } from '@/lib/contracts/meters'
import type { MeasuredQuantity } from '@/lib/contracts/site-measurements'
import { contentId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { siteIdOf } from '@/lib/registry/assets'
import { insertMeter } from '@/lib/registry/meters'
import { dayName } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { SEED } from './progress'

/** Comes in: the demo's calendar. Goes out: what is entered of its two buildings: meters, operator, water, renewable energy, reused heat. */

interface Register {
  slug: string
  operator: string
  pueCategory: 1 | 2 | 3
  wue: { lPerKwh: number; source: string }
  meters: MeterFields[]
  months: { month: number; quantity: MeasuredQuantity; value: number; source: string }[]
}

/** IT energy of the window's months, MWh, as the buildings' meters will tell it: bills are made to fit. */
const IT_MWH = {
  frankfurt: [385, 352, 490, 468, 480, 442, 516, 466, 230, 238, 229, 249, 265],
  lulea: [null, null, null, null, null, null, null, 22, 352, 405, 223, 280, 281],
}

/** From the coldest (0) to the warmest (1) month. */
const warmth = (month: string): number => (1 + Math.cos(((Number(month.slice(5)) - 7) / 12) * 2 * Math.PI)) / 2

const BLANK = {
  serial: null,
  accuracy_class: null,
  calibrated_on: null,
  installed_on: null,
  removed_on: null,
  note: null,
}

const registersOf = (calendar: Calendar): Register[] => {
  const day = (month: number, date: number) => dayName(calendar.at(month, date))
  const at = (month: number) => warmth(calendar.monthOf(month))
  const frankfurt = IT_MWH.frankfurt.map((mwh, month) => ({ mwh, month }))
  const lulea = IT_MWH.lulea.flatMap((mwh, month) => (mwh === null ? [] : [{ mwh, month }]))
  return [
    {
      slug: 'fra-2',
      operator: 'Nordhaus DC GmbH',
      pueCategory: 1,
      wue: { lPerKwh: 0.55, source: 'Nordhaus, environmental statement of the year before' },
      meters: [
        {
          ...BLANK,
          meter: 'M-01 grid intake',
          quantity: 'facility_energy',
          serial: 'NH-20417',
          accuracy_class: '0.5S',
          installed_on: day(-60, 1),
          calibrated_on: day(-8, 14),
        },
        {
          ...BLANK,
          meter: 'M-03 UPS output',
          quantity: 'it_energy',
          serial: 'NH-20431',
          accuracy_class: '1',
          installed_on: day(-60, 1),
          removed_on: day(10, 19),
          calibrated_on: day(-32, 3),
          note: 'Read low; replaced',
        },
        {
          ...BLANK,
          meter: 'M-03 UPS output',
          quantity: 'it_energy',
          serial: 'NH-31877',
          accuracy_class: '0.5S',
          installed_on: day(10, 20),
          calibrated_on: day(10, 20),
        },
        {
          ...BLANK,
          meter: 'W-01 make-up water',
          quantity: 'water',
          serial: 'WZ-0093',
          installed_on: day(-60, 1),
          note: 'Read by hand on the last day of a month',
        },
        { ...BLANK, meter: 'PV-01 roof', quantity: 'renewable_energy', serial: 'PV-118', installed_on: day(-26, 1) },
      ],
      months: [
        ...frankfurt.map(({ mwh, month }) => ({
          month,
          quantity: 'water_l' as const,
          source: 'Meter W-01, read by hand',
          value: Math.round((mwh * (0.08 + 0.95 * at(month) ** 2)) / 0.1) * 100,
        })),
        ...frankfurt.map(({ mwh, month }) => ({
          month,
          quantity: 'it_kwh' as const,
          source: 'M-03 UPS output, read by hand with W-01',
          value: mwh * 1000,
        })),
        ...frankfurt.map(({ month }) => ({
          month,
          quantity: 'renewable_kwh' as const,
          source: 'Meter PV-01, roof of 120 kWp',
          value: Math.round(3_200 + 12_400 * at(month)),
        })),
      ],
    },
    {
      slug: 'lul-1',
      operator: 'Meridian Labs',
      pueCategory: 2,
      wue: { lPerKwh: 0.02, source: 'As built: dry coolers' },
      meters: [
        {
          ...BLANK,
          meter: 'T1 transformer',
          quantity: 'facility_energy',
          serial: 'LU-7002',
          accuracy_class: '0.2S',
          installed_on: day(7, 18),
          calibrated_on: day(7, 11),
        },
        {
          ...BLANK,
          meter: 'IT-A busbar',
          quantity: 'it_energy',
          serial: 'LU-7014',
          accuracy_class: '0.5S',
          installed_on: day(7, 18),
          calibrated_on: day(7, 11),
        },
        {
          ...BLANK,
          meter: 'HX-02 heat exchanger',
          quantity: 'reused_energy',
          serial: 'FV-551',
          installed_on: day(8, 1),
        },
      ],
      months: lulea.flatMap(({ mwh, month }) => [
        {
          month,
          quantity: 'water_l' as const,
          source: 'Water bill',
          value: Math.round(mwh * (12 + 14 * at(month))),
        },
        {
          month,
          quantity: 'it_kwh' as const,
          source: 'IT-A busbar, month-end reading',
          value: mwh * 1000,
        },
        {
          month,
          quantity: 'renewable_kwh' as const,
          source: 'Wind farm behind the same transformer',
          value: Math.round(mwh * (410 - 120 * at(month))),
        },
        {
          month,
          quantity: 'reused_kwh' as const,
          source: 'Luleå district heating, monthly certificate',
          value: Math.round(mwh * (420 - 300 * at(month))),
        },
      ]),
    },
  ]
}

/** One bill was read wrongly at first: its correction stands beside it. */
const CORRECTED = { slug: 'fra-2', month: 9, quantity: 'water_l', factor: 10, source: 'Meter W-01, a digit too many' }

/** Each line once, whatever was changed of it since. */
export const writeSiteRegisters = async (tx: Tx, orgId: string, calendar: Calendar): Promise<void> => {
  for (const register of registersOf(calendar)) {
    const siteId = await siteIdOf(tx, orgId, register.slug)
    if (siteId === null) continue
    await tx.query(
      `update site set operator = $3, pue_category = $4, declared_wue = $5, declared_wue_source = $6
       where org_id = $1 and site_id = $2 and operator is null`,
      [orgId, siteId, register.operator, register.pueCategory, register.wue.lPerKwh, register.wue.source],
    )
    for (const fields of register.meters) {
      const meterId = contentId('demo meter', [siteId, fields.meter, fields.quantity, fields.installed_on])
      const { rowCount } = await tx.query('select 1 from meter where org_id = $1 and meter_id = $2', [orgId, meterId])
      if (rowCount === 0) await insertMeter(tx, orgId, { siteId, meterId, fields })
    }
    for (const { month, quantity, value, source } of register.months) {
      const isCorrected =
        CORRECTED.slug === register.slug && CORRECTED.month === month && CORRECTED.quantity === quantity
      const revisions = [
        ...(isCorrected ? [{ value: value * CORRECTED.factor, source: CORRECTED.source }] : []),
        { value, source },
      ]
      for (const [index, revision] of revisions.entries())
        await tx.query(
          `insert into site_measurement (org_id, site_id, month, quantity, revision, value, source, recorded_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
          [
            ...[orgId, siteId, `${calendar.monthOf(month)}-01`, quantity, index + 1, revision.value],
            ...[revision.source, `${SEED.kind}:${SEED.id}`],
          ],
        )
    }
  }
}
