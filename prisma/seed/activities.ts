import type { ActivityFields } from '@/lib/contracts/activity-lines'
import type { CarbonPriceFields } from '@/lib/contracts/settings'
import type { Tx } from '@/lib/db/with-org-sql'
import { organizationTables } from '@/lib/factors/organization-tables'
import { insertCarbonPrice } from '@/lib/registry/carbon-prices'
import { insertActivity } from '@/lib/registry/edit-activity'
import { priceActivity } from '@/lib/registry/price-activity'
import { settingsOfSql } from '@/lib/registry/settings'
import { DAY, dayName } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { SEED } from './progress'

/** Comes in: the demo's calendar. Goes out: what Meridian Labs burnt, leaked, threw away and bought, and what a tonne costs inside. */

const DEFAULTS = {
  site: null,
  stated_kg: null,
  biogenic_kg: null,
  scope: null,
  category: null,
  u95: null,
  supplier: null,
  evidence: null,
  note: null,
} satisfies Partial<ActivityFields>

const activitiesOf = (calendar: Calendar): ActivityFields[] => {
  const span = (first: number, last: number) => ({
    starts_on: dayName(calendar.at(first, 1)),
    ends_on: dayName(calendar.at(last + 1, 1)),
  })
  const on = (month: number, day: number) => ({
    starts_on: dayName(calendar.at(month, day)),
    ends_on: dayName(calendar.at(month, day) + DAY),
  })
  const diesel = { ...DEFAULTS, kind: 'fuel', unit: 'l', factor_id: 'fuel:diesel-mineral' } as const
  return [
    {
      ...diesel,
      ...span(0, 2),
      name: 'Generator tests',
      site: 'fra-2',
      quantity: 1180,
      evidence: 'Tank dip log',
    },
    {
      ...diesel,
      ...span(3, 12),
      name: 'Generator tests',
      site: 'fra-2',
      quantity: 3950,
      evidence: 'Tank dip log',
    },
    {
      ...diesel,
      ...on(9, 17),
      name: 'Grid outage, four hours on generators',
      site: 'lul-1',
      quantity: 2640,
      evidence: 'Fuel delivery note 2291',
    },
    {
      ...DEFAULTS,
      ...on(10, 6),
      kind: 'refrigerant',
      name: 'Chiller 3, refilled after a leak',
      site: 'fra-2',
      quantity: 11.5,
      unit: 'kg',
      factor_id: 'gwp:AR6:R-410A',
      evidence: 'Service report, Kälte Rhein-Main',
    },
    {
      ...DEFAULTS,
      ...on(8, 24),
      kind: 'waste',
      name: 'Racks and power strips of the old hall, recycled',
      site: 'fra-2',
      quantity: 3.4,
      unit: 't',
      factor_id: 'end-of-life:weee-recycled',
      evidence: 'Weighing slips 118 to 124',
      note: 'Without the A100 servers: their end of life stands in the hardware register',
    },
    {
      ...DEFAULTS,
      ...span(3, 12),
      kind: 'water',
      name: 'Mains water, cooling',
      site: 'lul-1',
      quantity: 1240,
      unit: 'm3',
      factor_id: 'water-supply:mains',
      evidence: 'Luleå water invoices',
    },
    {
      ...DEFAULTS,
      ...span(3, 12),
      kind: 'purchase',
      name: 'Developer tools and data labelling, software as a service',
      quantity: 412_000,
      unit: 'EUR',
      factor_id: null,
      stated_kg: 38_400,
      u95: 0.3,
      supplier: 'Three suppliers, as they stated it',
      evidence: 'Supplier statements, received in October',
    },
  ]
}

const priceOf = (calendar: Calendar): CarbonPriceFields => ({
  name: 'Shadow price for compute decisions',
  kind: 'shadow',
  currency: 'EUR',
  price_per_t: 95,
  valid_from: `${calendar.lastMonth.slice(0, 4)}-01-01`,
  valid_to: null,
  scopes: [1, 2, 3],
  method: 'location',
})

/** Each once, whatever was changed of it since. */
export const writeActivities = async (tx: Tx, orgId: string, calendar: Calendar): Promise<void> => {
  const tables = await organizationTables(tx, orgId)
  const { gwp_set: set } = await settingsOfSql(tx, orgId)
  for (const fields of activitiesOf(calendar)) {
    const { rowCount } = await tx.query(
      'select 1 from activity where org_id = $1 and name = $2 and starts_on = $3 and revision = 1',
      [orgId, fields.name, fields.starts_on],
    )
    if (rowCount === 0)
      await insertActivity(tx, orgId, fields, { by: SEED, priced: priceActivity(tables, set, fields) })
  }
  const price = priceOf(calendar)
  const { rowCount } = await tx.query('select 1 from carbon_price where org_id = $1 and name = $2', [orgId, price.name])
  if (rowCount === 0) await insertCarbonPrice(tx, orgId, price, SEED)
}
