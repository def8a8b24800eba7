import { type WidthOverrides, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { DeploymentName } from '@/lib/contracts/common'
import {
  activityAddress,
  addressOfTarget,
  assetAddress,
  type ExplainTarget,
  figureAddress,
  statementAddress,
} from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { settingsOf } from '@/lib/registry/settings'
import type { StatementActivity } from '@/lib/rollups/statement-activities'
import { formatCount } from '@/lib/units/format'
import { sumKnown } from '../ledger-lines'
import {
  addendsOf,
  CLOUD,
  isKeptOut,
  LEASED,
  SCOPE_2,
  type ScopeChoices,
  SOLD,
  type StatementCell,
  scopeTable,
  type YearFacts,
} from '../scope-table'
import { yearFacts } from '../statement'
import { bookedMg, type ElectricityMeasure, endOfLifeMg } from '../statement-leaves'
import { DEPLOYMENT_LABEL } from '../words'
import { figureOf, halfText, inWords } from './amounts'
import { BARE } from './answer'
import { explainMemo, isMemo } from './statement-memo'

type Target = Extract<ExplainTarget, { kind: 'statement' }>

interface Year {
  facts: YearFacts
  choices: ScopeChoices
  window: { from: string; to: string }
}

/** One row of a year's scope table, from the very table that page and PDF print; null for a row that it does not have. */
export const explainStatement = async (tx: OrgTx, target: Target): Promise<ExplainAnswer | null> => {
  if (isMemo(target.row)) return explainMemo(tx, target, target.row)
  const window = { from: `${target.year}-01-01`, to: `${target.year + 1}-01-01` }
  const settings = await settingsOf(tx)
  const facts = await yearFacts(tx, window, { withSpread: true })
  const choices: ScopeChoices = { settings, widths: widthsWith(settings.uncertainty as WidthOverrides) }
  const rows = scopeTable(facts, choices)
  const row = rows.find(({ code }) => code === target.row)
  if (!row?.cell) return null
  const { cell } = row
  const terms = cell.mg === null ? [] : termsOf({ facts, choices, window }, target.row, rows)
  const whole = cell.tiersMg.reduce((sum, mg) => sum + mg, 0n)
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: row.label,
    context: `Statement of ${target.year}, UTC calendar year; row ${target.row}`,
    sentence: sentenceOf(cell, terms),
    figure: {
      ...figureOf(cell.mg, 'mg'),
      interval: cell.mg === null || cell.u95 === null ? null : halfText(Number(cell.mg) * cell.u95, cell.mg, 'mg'),
      low: cell.lowMg?.toString() ?? null,
      high: cell.highMg?.toString() ?? null,
      u95: cell.u95,
    },
    formula: {
      text: terms.length > 1 ? 'row = Σ of what stands in it, each thing once' : 'row = what stands in it',
      clause: row.clause ?? 'GHG Protocol Corporate Standard',
      page: 'scopes',
      method_versions: [],
    },
    derivation: cell.mg === null ? { kind: 'none' } : { kind: 'sum', of: 'part', terms },
    quality: {
      ...BARE.quality,
      tiers: cell.tiersMg.flatMap((mg, place) =>
        mg === 0n ? [] : [{ tier: place + 1, exact: mg.toString(), share: Number(mg) / Number(whole) }],
      ),
      known_hours: cell.hoursKnown,
      gaps: cell.gaps,
    },
    facts: [
      { name: 'State', value: cell.state.replaceAll('-', ' '), href: null },
      ...(cell.reason === null ? [] : [{ name: 'Said beside it', value: cell.reason, href: null }]),
      ...(cell.primaryMg > 0n
        ? [{ name: 'From suppliers’ data', value: inWords(cell.primaryMg, 'mg'), href: null }]
        : []),
      ...(cell.biogenicMg > 0n
        ? [{ name: 'Biogenic CO2, apart', value: inWords(cell.biogenicMg, 'mg'), href: null }]
        : []),
      ...(cell.fallbackMg > 0n
        ? [{ name: 'On the grid average, no residual mix', value: inWords(cell.fallbackMg, 'mg'), href: null }]
        : []),
    ],
    provisional: cell.provisionalMg > 0n,
  }
}

const sentenceOf = (cell: StatementCell, terms: readonly ExplainTerm[]): string => {
  if (cell.mg === null) return cell.reason ?? 'Nothing of the year has a figure'
  const largest = [...terms]
    .filter((term) => term.exact !== null && term.exact !== '0')
    .sort((a, b) => Math.abs(Number(b.exact)) - Math.abs(Number(a.exact)))
  const named = largest
    .slice(0, 3)
    .map((term) => `${inWords(BigInt(term.exact as string), 'mg')} ${lowerFirst(term.label)}`)
  const rest = largest.length - named.length
  return `${inWords(cell.mg, 'mg')} = ${named.join(' + ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.replace(/^./, (first) => first.toLowerCase()) : text

const given = (
  label: string,
  exact: bigint | null,
  address: string | null,
  note: string | null = null,
): ExplainTerm => ({
  label,
  product: { by: 'given' },
  exact: exact?.toString() ?? null,
  address,
  count: null,
  note,
})

const MEASURE_WORDS: Record<ElectricityMeasure, string> = {
  location: 'Electricity, location-based',
  market: 'Electricity, market-based',
  upstream: 'Upstream of electricity',
  loss: 'Grid losses',
}
const VECTOR = { location: 'location_mg', market: 'market_mg', upstream: 'upstream_mg', loss: 'loss_mg' } as const

/** Electricity of these deployments: the whole figure with its own explanation, less what is kept out of Scope 2. */
const electricity = (
  { facts, window }: Year,
  deployments: readonly DeploymentName[],
  measure: ElectricityMeasure,
): ExplainTerm[] => {
  const mine = facts.hours.filter((row) => deployments.includes(row.deployment))
  const effect =
    measure === 'market'
      ? sumKnown(facts.effects.filter(({ deployment }) => deployments.includes(deployment)).map((one) => one.effect_mg))
      : null
  const all = sumKnown([...mine.map((row) => row[VECTOR[measure]]), effect])
  if (all === null) return []
  const judged = measure === 'market' ? 'market' : 'location'
  const out = sumKnown(mine.filter((row) => isKeptOut(row, judged)).map((row) => row[VECTOR[measure]]))
  const used = deployments.filter((deployment) => mine.some((row) => row.deployment === deployment))
  const names = used.map((deployment) => DEPLOYMENT_LABEL[deployment]).join(', ')
  return [
    given(`${MEASURE_WORDS[measure]}: ${names}`, all, figureAddress(measure, window, { deployment: used })),
    ...(out === null || out === 0n
      ? []
      : [given('Kept out: life-cycle averages that nobody accepted', -out, null, 'shown apart as a screening figure')]),
  ]
}

/** Activities, each with the part of it that lies in the year. */
const booked = (
  { window }: Year,
  some: readonly StatementActivity[],
  measure: 'emissions' | 'upstream' = 'emissions',
): ExplainTerm[] =>
  some.flatMap((one) => {
    const exact = measure === 'upstream' ? one.upstream_mg : one.mg
    return exact === null
      ? []
      : [
          given(
            measure === 'upstream' ? `${one.name}, upstream` : one.name,
            exact,
            activityAddress(one.activity_id, measure, one.days_inside === one.days ? undefined : window),
            one.days_inside === one.days ? null : `${one.days_inside} of ${one.days} days`,
          ),
        ]
  })

const bought = ({ facts, window }: Year): ExplainTerm[] =>
  facts.assets
    .filter(({ purchased_on }) => purchased_on >= window.from && purchased_on < window.to)
    .flatMap((asset) => {
      const exact = bookedMg(asset)
      return exact === null ? [] : [given(asset.name, exact, assetAddress(asset.asset_id, 'booked'))]
    })

const retired = ({ facts, window }: Year): ExplainTerm[] =>
  facts.assets
    .filter(({ retired_on }) => retired_on !== null && retired_on >= window.from && retired_on < window.to)
    .filter(({ retirement }) => retirement === 'recycled' || retirement === 'landfill')
    .flatMap((asset) => {
      const exact = endOfLifeMg(asset, facts.endOfLife)
      return exact === null
        ? []
        : [given(`${asset.name}, end of life`, exact, assetAddress(asset.asset_id, 'end-of-life'))]
    })

type Rows = ReturnType<typeof scopeTable>

/** What a row adds up from; each term has its own explanation, and is the very number that the row holds. */
const termsOf = (year: Year, code: string, rows: Rows): ExplainTerm[] => {
  const { facts, choices } = year
  const of = (scope: number, category: number | null = null) =>
    facts.activities.filter((one) => one.scope === scope && one.category === category)
  const statements = of(3, 1).filter(({ kind }) => kind === 'cloud_statement')
  const purchases = of(3, 1).filter(({ kind }) => kind !== 'cloud_statement')
  const cloudIn8 = choices.settings.cloud_category === 8
  const sold = choices.settings.software_use_in_category_11 ? SOLD : []
  const before = (deployments: DeploymentName[]) => [
    ...electricity(year, deployments, 'upstream'),
    ...electricity(year, deployments, 'loss'),
  ]
  const served = (deployments: DeploymentName[]) => [
    ...electricity(year, deployments, 'location'),
    ...before(deployments),
  ]
  const services = () => [...served(CLOUD), ...booked(year, statements)]
  const withUpstream = (category: number) => [
    ...booked(year, of(3, category)),
    ...booked(year, of(3, category), 'upstream'),
  ]
  const fuels = () => [...booked(year, [...of(1), ...of(2)], 'upstream'), ...booked(year, of(3, 3))]
  const children = (codes: readonly string[]) =>
    codes.flatMap((one) => {
      const row = rows.find((each) => each.code === one)
      const exact = row?.cell?.mg ?? null
      return row && exact !== null ? [given(row.label, exact, statementAddress(facts.year, one))] : []
    })
  const categories = Array.from({ length: 15 }, (_, at) => `s3-${at + 1}`)
  const known: Record<string, () => ExplainTerm[]> = {
    s1: () => booked(year, of(1)),
    's2-lb': () => [...electricity(year, SCOPE_2, 'location'), ...booked(year, of(2))],
    's2-mb': () => [...electricity(year, SCOPE_2, 'market'), ...booked(year, of(2))],
    s3: () => children(categories),
    's3-1': () => [...booked(year, purchases), ...booked(year, of(3, 1), 'upstream'), ...(cloudIn8 ? [] : services())],
    's3-2': () => [...bought(year), ...withUpstream(2)],
    's3-3': () => [...fuels(), ...electricity(year, SCOPE_2, 'upstream'), ...electricity(year, SCOPE_2, 'loss')],
    's3-5': () => [...withUpstream(5), ...retired(year)],
    's3-8': () => [...served(LEASED), ...withUpstream(8), ...(cloudIn8 ? services() : [])],
    's3-11': () => [...served(sold), ...withUpstream(11)],
    's3-1-cloud': services,
    's3-8-cloud': services,
    's3-1-cloud-upstream': () => before(CLOUD),
    's3-8-cloud-upstream': () => before(CLOUD),
    's3-1-other': () => booked(year, purchases),
    's3-3-a': fuels,
    's3-3-b': () => electricity(year, SCOPE_2, 'upstream'),
    's3-3-c': () => electricity(year, SCOPE_2, 'loss'),
    's3-8-upstream': () => before(LEASED),
    's3-11-upstream': () => before(sold),
    'total-lb': () => children(addendsOf('lb')),
    'total-mb': () => children(addendsOf('mb')),
  }
  const category = /^s3-(\d+)$/.exec(code)?.[1]
  return known[code]?.() ?? (category === undefined ? [] : withUpstream(Number(category)))
}
