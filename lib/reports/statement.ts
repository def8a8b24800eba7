import type { OrgTx } from '@/lib/db/with-org'
import { settingsOf } from '@/lib/registry/settings'
import { carbonPrices } from '@/lib/rollups/carbon-prices'
import { endOfLifeFactors } from '@/lib/rollups/end-of-life'
import { factorsUsed } from '@/lib/rollups/factors-used'
import { scopeHours } from '@/lib/rollups/scope-hours'
import { statementActivities } from '@/lib/rollups/statement-activities'
import { statementAssets } from '@/lib/rollups/statement-assets'
import { statementBooks } from '@/lib/rollups/statement-books'
import { reportingEntity } from '@/lib/rollups/statement-entity'
import { statementFurther, statementGroups } from '@/lib/rollups/statement-groups'
import { instrumentEffects, instrumentsUsed } from '@/lib/rollups/statement-instruments'
import { screeningZones } from '@/lib/rollups/statement-screening'
import { statementSites } from '@/lib/rollups/statement-sites'
import { statementSpread } from '@/lib/rollups/statement-spread'
import type { YearFacts } from './scope-table'
import { assembleStatement, type Statement, type StatementInput } from './statement-model'

interface Window {
  from: string
  to: string
}

const yearOf = (year: number): Window => ({ from: `${year}-01-01`, to: `${year + 1}-01-01` })

/** What a scope table of these days is made of. A comparative is read without what its intervals would need. */
export const yearFacts = async (
  tx: OrgTx,
  window: Window,
  { withSpread = false }: { withSpread?: boolean } = {},
): Promise<YearFacts> => {
  const assets = await statementAssets(tx, window)
  return {
    year: Number(window.from.slice(0, 4)),
    hours: await scopeHours(tx, window),
    spread: withSpread ? await statementSpread(tx, window) : [],
    effects: await instrumentEffects(tx, window),
    activities: await statementActivities(tx, window),
    assets,
    endOfLife: (await endOfLifeFactors(tx)).map((row) => ({
      retirement: row.retirement,
      id: row.id,
      version: row.version,
      kgPerTonne: row.kg_per_tonne,
      u95: row.u95,
    })),
  }
}

/** A year of which the ledger holds nothing is no comparative of zeros. */
const comparative = async (tx: OrgTx, year: number): Promise<YearFacts | null> => {
  const facts = await yearFacts(tx, yearOf(year))
  const bought = facts.assets.some(({ purchased_on }) => purchased_on.startsWith(`${year}-`))
  return facts.hours.length === 0 && facts.activities.length === 0 && !bought ? null : facts
}

/** The part of the year in which a price holds; the year itself, not read again, where it holds throughout. */
const pricedFacts = async (tx: OrgTx, facts: YearFacts): Promise<StatementInput['prices']> => {
  const year = yearOf(facts.year)
  const priced: StatementInput['prices'] = []
  for (const price of await carbonPrices(tx, year)) {
    const from = price.valid_from > year.from ? price.valid_from : year.from
    const to = price.valid_to !== null && price.valid_to < year.to ? price.valid_to : year.to
    const isWhole = from === year.from && to === year.to
    const part = isWhole ? facts : await yearFacts(tx, { from, to })
    // Category 2 books a purchase on its day.
    const assets = part.assets.filter(({ purchased_on }) => purchased_on >= from && purchased_on < to)
    priced.push({ price, facts: isWhole ? facts : { ...part, assets } })
  }
  return priced
}

/**
 * The statement of one UTC calendar year: the one model that page and PDF print. `tx` must see one moment (the snapshot of withOrg), so that
 * its tables agree with each other.
 */
export const statement = async (tx: OrgTx, { year }: { year: number }): Promise<Statement> => {
  const period = yearOf(year)
  const settings = await settingsOf(tx)
  const facts = await yearFacts(tx, period, { withSpread: true })
  const before = await comparative(tx, year - 1)
  const { base_year: baseYear } = settings
  const { updatedAt: _, ...choices } = settings
  return assembleStatement({
    entity: await reportingEntity(tx),
    books: await statementBooks(tx, period),
    settings: choices,
    facts,
    before,
    base:
      baseYear === null
        ? null
        : baseYear === year
          ? facts
          : baseYear === year - 1
            ? before
            : await comparative(tx, baseYear),
    beforeFrom: before === null ? null : (await statementBooks(tx, yearOf(year - 1))).first_day,
    instruments: await instrumentsUsed(tx, period),
    screening: await screeningZones(tx, period),
    prices: await pricedFacts(tx, facts),
    teams: await statementGroups(tx, { ...period, by: 'team' }),
    models: await statementGroups(tx, { ...period, by: 'model' }),
    further: await statementFurther(tx, period),
    sites: await statementSites(tx, period),
    factors: await factorsUsed(tx, period),
  })
}
