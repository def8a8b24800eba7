import { createHash } from 'node:crypto'
import type { CloudProvider, FootprintImportQuery } from '@/lib/contracts/cloud-footprints'
import type { ImportAnswer, ImportedRow } from '@/lib/contracts/imports'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { exactKilograms } from '@/lib/units/format'
import { decodeAws } from './aws'
import { decodeAzure } from './azure'
import { type DecodedFootprint, type FootprintLine, sumOf } from './footprint-line'
import { decodeGoogle } from './google'
import { textOf } from './table-file'

const AMOUNTS = [
  ['scope1_mg', 'scope1Mg'],
  ['scope2_location_mg', 'scope2LocationMg'],
  ['scope2_market_mg', 'scope2MarketMg'],
  ['scope3_mg', 'scope3Mg'],
  ['total_location_mg', 'totalLocationMg'],
  ['total_market_mg', 'totalMarketMg'],
] as const

type StoredLine = Omit<FootprintLine, 'line' | 'accountName'>

/** One account, month and version of the provider's model: what a person sees as one thing. */
interface MonthOfAccount {
  account: string
  month: string
  modelVersion: string
  before: Map<string, StoredLine>
  after: Map<string, StoredLine>
  lines: number
  /** Of the file. */
  firstLine: number
}

const MOST_SHOWN = 500
const MOST_ISSUES = 20

const decoded = (text: string, query: FootprintImportQuery): DecodedFootprint => {
  if (query.provider === 'aws') return decodeAws(text)
  if (query.provider === 'gcp') return decodeGoogle(text)
  const { scope, month, account } = query
  if (scope === undefined) {
    throw new AppError('invalid_input', 'The file was not read.', {
      issues: [{ path: 'scope', message: 'Azure tells one scope a call: say which, Scope1, Scope2 or Scope3' }],
    })
  }
  return decodeAzure(text, { scope, month: month ?? null, account: account ?? null })
}

/**
 * POST /api/v1/imports/cloud-footprint: a provider's own figures, kept beside ours and never among them. A file is taken whole or not at all;
 * the same file again changes nothing; a month told by two versions of the provider's model is kept twice and counts once.
 * @throws AppError malformed_body, invalid_input (the file, or with dryRun false any of its rows)
 */
export const importFootprint = (
  orgId: string,
  by: Author,
  { bytes, query }: { bytes: Uint8Array; query: FootprintImportQuery },
): Promise<ImportAnswer> => {
  const dryRun = query.dry_run === '1'
  const { lines, refused } = decoded(textOf(bytes), query)
  return withOrgSql(appPool(), orgId, async (tx) => {
    const { provider } = query
    await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' cloud footprints', 6))", [orgId])
    const months = await withKnown(tx, orgId, provider, lines)
    for (const line of lines) overlay(months.get(monthKey(line)) as MonthOfAccount, line)
    if (provider === 'azure') for (const month of months.values()) mergeScopes(month, query.scope)
    const judged = [...months.values()].map((month) => ({ month, row: rowOf(provider, month) }))
    const answer = answerOf(
      judged.map(({ row }) => row),
      refused,
      dryRun,
    )
    if (dryRun) return answer
    refuseIfAny(refused)
    const changing = judged.filter(({ row }) => row.outcome !== 'unchanged').map(({ month }) => month)
    await store(tx, orgId, { provider, by, digest: createHash('sha256').update(bytes).digest() }, changing)
    await writeAuditEvent(tx, orgId, by, {
      action: 'cloud_footprint.import',
      objectKind: 'cloud_footprint',
      objectId: provider,
      detail: { provider, lines: lines.length, new: answer.new, changed: answer.changed, unchanged: answer.unchanged },
    })
    return answer
  })
}

const monthKey = (one: { account: string; month: string; modelVersion: string }): string =>
  JSON.stringify([one.account, one.month, one.modelVersion])
const placeKey = (one: { service: string | null; region: string | null }): string =>
  JSON.stringify([one.service, one.region])

const withKnown = async (
  tx: Tx,
  orgId: string,
  provider: CloudProvider,
  lines: FootprintLine[],
): Promise<Map<string, MonthOfAccount>> => {
  const months = new Map<string, MonthOfAccount>()
  for (const line of lines) {
    const { account, month, modelVersion } = line
    const known = months.get(monthKey(line))
    if (known) known.lines += 1
    else {
      months.set(monthKey(line), {
        ...{ account, month, modelVersion, before: new Map(), after: new Map(), lines: 1, firstLine: line.line },
      })
    }
  }
  const { rows } = await tx.query<Record<string, string | null>>(
    `/* cloud_footprint.known */
     select account, to_char(month, 'YYYY-MM-DD') as month, service, region, model_version, given_unit,
       ${AMOUNTS.map(([column]) => `${column}::text`).join(', ')}
     from cloud_footprint where org_id = $1 and provider = $2 and account = any($3) and month = any($4::date[])`,
    [orgId, provider, [...new Set(lines.map((one) => one.account))], [...new Set(lines.map((one) => one.month))]],
  )
  for (const row of rows) {
    const {
      account,
      month,
      model_version: modelVersion,
    } = row as { account: string; month: string; model_version: string }
    const of = months.get(monthKey({ account, month, modelVersion }))
    if (!of) continue
    const amounts = Object.fromEntries(
      AMOUNTS.map(([column, field]) => [field, row[column] == null ? null : BigInt(row[column])]),
    )
    const stored = {
      ...{ account, month, modelVersion, service: row.service ?? null, region: row.region ?? null },
      givenUnit: row.given_unit ?? '',
      ...amounts,
    } as StoredLine
    of.before.set(placeKey(stored), stored)
    of.after.set(placeKey(stored), stored)
  }
  return months
}

const overlay = (month: MonthOfAccount, { line: _, accountName: __, ...line }: FootprintLine): void => {
  month.after.set(placeKey(line), line)
}

/** Of Azure each file tells one scope: it replaces that scope of its months and leaves the others. */
const mergeScopes = (month: MonthOfAccount, scope: FootprintImportQuery['scope']): void => {
  const given = new Map([...month.after].filter(([key, line]) => month.before.get(key) !== line))
  for (const key of new Set([...month.before.keys(), ...given.keys()])) {
    const [was, now] = [month.before.get(key), given.get(key)]
    const base = (now ?? was) as StoredLine
    const of = (told: typeof scope) => (scope === told ? now : was)
    const merged: StoredLine = {
      ...base,
      scope1Mg: of('Scope1')?.scope1Mg ?? null,
      scope2LocationMg: of('Scope2')?.scope2LocationMg ?? null,
      scope2MarketMg: of('Scope2')?.scope2MarketMg ?? null,
      scope3Mg: of('Scope3')?.scope3Mg ?? null,
    }
    merged.totalLocationMg = sumOf(merged.scope1Mg, merged.scope2LocationMg, merged.scope3Mg)
    merged.totalMarketMg = sumOf(merged.scope1Mg, merged.scope2MarketMg, merged.scope3Mg)
    if (merged.scope1Mg === null && merged.scope2LocationMg === null && merged.scope3Mg === null)
      month.after.delete(key)
    else month.after.set(key, merged)
  }
}

const isSame = (a: StoredLine | undefined, b: StoredLine | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  AMOUNTS.every(([, field]) => a[field] === b[field]) &&
  a.givenUnit === b.givenUnit

/** What is known of the month: its total, or of Azure the scopes so far. Null where some line has none of them. */
const massOf = (lines: Map<string, StoredLine>, field: (typeof AMOUNTS)[number][1]): bigint | null =>
  lines.size === 0 ? null : sumOf(...[...lines.values()].map((line) => line[field]))

const PROVIDER: Record<CloudProvider, string> = { aws: 'AWS', gcp: 'Google Cloud', azure: 'Azure' }
const COLUMN: Record<string, string> = {
  scope1Mg: 'scope 1, kg',
  scope2LocationMg: 'scope 2 location-based, kg',
  scope2MarketMg: 'scope 2 market-based, kg',
  scope3Mg: 'scope 3, kg',
  totalLocationMg: 'total location-based, kg',
  totalMarketMg: 'total market-based, kg',
}

const rowOf = (
  provider: CloudProvider,
  { account, month, modelVersion, before, after, lines, firstLine }: MonthOfAccount,
) => {
  const isUnchanged = before.size === after.size && [...after].every(([key, line]) => isSame(before.get(key), line))
  const changes = isUnchanged
    ? []
    : AMOUNTS.flatMap(([, field]) => {
        const [was, now] = [massOf(before, field), massOf(after, field)]
        const text = (mg: bigint | null) => (mg === null ? null : exactKilograms(mg))
        return was === now ? [] : [{ column: COLUMN[field] as string, before: text(was), after: text(now) }]
      })
  const version = modelVersion === 'not told' ? '' : `, model ${modelVersion}`
  return {
    line: firstLine,
    name: `${PROVIDER[provider]} ${account}, ${month.slice(0, 7)}${version}, ${lines} ${lines === 1 ? 'line' : 'lines'}`,
    outcome: isUnchanged ? 'unchanged' : before.size === 0 ? 'new' : 'changed',
    changes,
    issues: [],
  } satisfies ImportedRow
}

const answerOf = (rows: ImportedRow[], refused: DecodedFootprint['refused'], dryRun: boolean): ImportAnswer => {
  const counted = (outcome: ImportedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const bad = refused.slice(0, MOST_SHOWN).map(
    ({ line, name, column, message }): ImportedRow => ({
      ...{ line, name, outcome: 'refused', changes: [], issues: [{ column, message }] },
    }),
  )
  return {
    ...{ dry_run: dryRun, stored: !dryRun, rows: [...bad, ...rows.slice(0, MOST_SHOWN)], refused: refused.length },
    ...{ new: counted('new'), changed: counted('changed'), unchanged: counted('unchanged') },
    reopened_days: dryRun ? null : 0,
  }
}

const refuseIfAny = (refused: DecodedFootprint['refused']): void => {
  if (refused.length === 0) return
  const issues = refused.map(({ line, column, message }) => ({
    path: `line ${line}${column ? `, ${column}` : ''}`,
    message,
  }))
  const hidden = issues.length - MOST_ISSUES
  throw new AppError('invalid_input', 'Nothing was imported: some rows are not as they should be.', {
    issues: hidden > 0 ? [...issues.slice(0, MOST_ISSUES), { path: 'file', message: `and ${hidden} more` }] : issues,
  })
}

const store = async (
  tx: Tx,
  orgId: string,
  file: { provider: CloudProvider; by: Author; digest: Buffer },
  months: MonthOfAccount[],
): Promise<void> => {
  if (months.length === 0) return
  const { provider, by, digest } = file
  await tx.query(
    `insert into cloud_account (org_id, provider, account) select $1, $2, * from unnest($3::text[])
     on conflict (org_id, provider, account) do nothing`,
    [orgId, provider, [...new Set(months.map((one) => one.account))].sort()],
  )
  await tx.query(
    `delete from cloud_footprint f using unnest($3::text[], $4::date[], $5::text[]) as m(account, month, model_version)
     where f.org_id = $1 and f.provider = $2 and f.account = m.account and f.month = m.month and f.model_version = m.model_version`,
    [
      orgId,
      provider,
      months.map((one) => one.account),
      months.map((one) => one.month),
      months.map((one) => one.modelVersion),
    ],
  )
  const lines = months.flatMap(({ after }) => [...after.values()])
  const column = (of: (line: StoredLine) => string | null) => lines.map(of)
  await tx.query(
    `/* cloud_footprint.insert */
     insert into cloud_footprint (org_id, provider, file_sha256, imported_by, account, month, service, region, model_version, given_unit,
       ${AMOUNTS.map(([name]) => name).join(', ')})
     select $1, $2, $3, $4, * from unnest($5::text[], $6::date[], $7::text[], $8::text[], $9::text[], $10::text[],
       ${AMOUNTS.map((_, at) => `$${11 + at}::numeric[]`).join(', ')})`,
    [
      ...[orgId, provider, digest, by.id],
      ...[column((one) => one.account), column((one) => one.month), column((one) => one.service)],
      ...[column((one) => one.region), column((one) => one.modelVersion), column((one) => one.givenUnit)],
      ...AMOUNTS.map(([, field]) => column((one) => one[field]?.toString() ?? null)),
    ],
  )
}
