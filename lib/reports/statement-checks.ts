import { formatPercent } from '@/lib/units/format'
import { sumKnown } from './ledger-lines'
import { addendsOf, cellOfRow } from './scope-table'
import type { Statement } from './statement-model'
import { tonnes } from './tonnes'

/** What a reviewer would re-add. Lines come from the entries, teams and models from the cubes and allocation lines: two roads to one sum. */

export interface Check {
  words: string
  detail: string
  passed: boolean
}

type Facts = Omit<Statement, 'checks' | 'factsSha256'>

const same = (left: bigint | null, right: bigint | null): boolean => (left ?? 0n) === (right ?? 0n)
const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`

export const checksOf = (facts: Facts): Check[] => [
  ...sums(facts),
  ...methods(facts),
  ...factors(facts),
  ...presentation(facts),
]

const sums = ({ rows, teams, models, energy, electricityMg, scope2ActivitiesMg }: Facts): Check[] => {
  const added = (method: 'lb' | 'mb') =>
    same(sumKnown(addendsOf(method).map((code) => cellOfRow(rows, code).mg)), cellOfRow(rows, `total-${method}`).mg)
  const parts = rows.filter(({ code }) => /^s3-3-[abc]$/.test(code)).map(({ cell }) => cell?.mg ?? null)
  const market = cellOfRow(rows, 's2-mb').mg
  return [
    {
      words: 'Scopes add up to both totals',
      detail: `${addendsOf('lb').length} lines`,
      passed: added('lb') && added('mb'),
    },
    {
      words: 'Category 3 is the sum of a, b and c',
      detail: counted(parts.length, 'part'),
      passed: same(sumKnown(parts), cellOfRow(rows, 's3-3').mg),
    },
    {
      words: 'Teams add up to the electricity',
      detail: counted(teams.length, 'team'),
      passed: same(sumKnown(teams.map(({ mg }) => mg)), electricityMg),
    },
    {
      words: 'Models add up to the electricity',
      detail: counted(models.length, 'model'),
      passed: same(sumKnown(models.map(({ mg }) => mg)), electricityMg),
    },
    {
      words: 'Market-based figure by two roads',
      detail: 'hours, teams',
      passed: same(sumKnown([...teams.map(({ marketMg }) => marketMg), scope2ActivitiesMg]), market),
    },
    {
      words: 'Energy agrees with its cubes',
      detail: 'kWh',
      passed: same(energy.counted.facilityUwh, sumKnown(teams.map(({ facilityUwh }) => facilityUwh))),
    },
  ]
}

const methods = ({ rows, instruments, totalMarket, total }: Facts): Check[] => {
  const [location, market] = [cellOfRow(rows, 's2-lb'), cellOfRow(rows, 's2-mb')]
  const { consumptionUwh, bundledUwh, unbundledUwh } = instruments
  const covered = bundledUwh + unbundledUwh
  return [
    {
      words: 'Location and market present',
      detail: location.state === 'no-data' ? 'no Scope 2' : 'Scope 2, totals',
      passed: location.state === market.state && (total.mg === null) === (totalMarket.mg === null),
    },
    {
      words: 'A residual mix for every market',
      detail: market.fallbackMg === 0n ? 'or a contract' : `${tonnes(market.fallbackMg)} t on the grid average`,
      passed: market.fallbackMg === 0n,
    },
    {
      words: 'Instruments cover no more than is used',
      detail: consumptionUwh ? `${formatPercent(Number(covered) / Number(consumptionUwh))} of Scope 2` : 'no Scope 2',
      passed: covered <= (consumptionUwh ?? 0n),
    },
    {
      words: 'Nothing nets below zero',
      detail: 'no credit, no removal',
      passed: rows.every(({ cell }) => (cell?.mg ?? 0n) >= 0n),
    },
  ]
}

const factors = ({ rows, factors: used, electricityMg, keptOut, softwareUse, screening }: Facts): Check[] => {
  const all = sumKnown([electricityMg, keptOut.mg, softwareUse.mg])
  const weighed = sumKnown(used.filter(({ role }) => role === 'intensity').map(({ mg }) => mg))
  const recalled = used.filter(({ status }) => status === 'recalled').length
  const accepted = screening.filter(({ note }) => note !== null)
  return [
    { words: 'Every milligram has a factor', detail: counted(used.length, 'factor'), passed: same(weighed, all) },
    {
      words: 'No life-cycle factor in Scope 2 unasked',
      detail:
        accepted.length > 0
          ? `${accepted.length} accepted with a note`
          : keptOut.mg !== null
            ? `${tonnes(keptOut.mg ?? 0n)} t kept out`
            : 'none used',
      passed: same(cellOfRow(rows, 's2-lb').screeningMg, sumKnown(accepted.map((zone) => zone.location_mg))),
    },
    {
      words: 'Factors verified at source',
      detail: recalled === 0 ? 'all' : `${recalled} recalled`,
      passed: recalled === 0,
    },
  ]
}

const presentation = ({ rows, comparatives, settings }: Facts): Check[] => {
  const silent = rows.filter(({ cell }) => cell !== null && cell.mg === null && cell.reason === null).length
  const unknown = rows
    .filter(({ kind }) => kind === 'line' || kind === 'category')
    .flatMap(({ cell }) => cell?.unknown ?? [])
    .reduce((all, { count }) => all + count, 0)
  return [
    { words: 'What has no figure has a reason', detail: 'AR 46(i)', passed: silent === 0 },
    {
      words: 'Every recorded thing has a figure',
      detail: unknown === 0 ? 'activities, hardware' : `${unknown} without`,
      passed: unknown === 0,
    },
    {
      words: 'Base year present',
      detail:
        comparatives.baseYear === null
          ? 'none chosen'
          : comparatives.isBaseKnown
            ? String(comparatives.baseYear)
            : `${comparatives.baseYear} not in the ledger`,
      passed: comparatives.isBaseKnown,
    },
    {
      words: 'Warming potentials current',
      detail: `${settings.gwp_set}, 100 years`,
      passed: settings.gwp_set === 'AR6',
    },
  ]
}
