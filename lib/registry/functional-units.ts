import { createHash } from 'node:crypto'
import type { FunctionalUnitsAnswer, UnitStatement } from '@/lib/contracts/functional-units'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError, type ErrorIssue } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { once } from '@/lib/ledger/idempotency'
import { DAY, dayName } from '@/lib/units/time'

const MOST_ISSUES = 20

/** What a refused statement is called: `units.3` of a request, `line 5` of a file. */
type PathOf = (index: number) => string
const inRequest: PathOf = (index) => `units.${index}`

/** The id behind each statement; a name that nothing was read of is refused, because a typing error would count for nobody. */
const resolved = async (tx: Tx, orgId: string, statements: UnitStatement[], pathOf: PathOf) => {
  const ids = async (table: 'service' | 'run', names: string[]) => {
    const { rows } = await tx.query<{ id: string; name: string }>(
      `select ${table}_id as id, name from ${table} where org_id = $1 and name = any($2)`,
      [orgId, [...new Set(names)]],
    )
    return new Map(rows.map((row) => [row.name, row.id]))
  }
  const services = await ids(
    'service',
    statements.flatMap((one) => one.service ?? []),
  )
  const runs = await ids(
    'run',
    statements.flatMap((one) => one.run ?? []),
  )
  const lastDay = dayName(Date.now() + DAY)
  const seen = new Map<string, number>()
  const issues: ErrorIssue[] = []
  const rows = statements.map((one, index) => {
    const serviceId = one.service === undefined ? null : services.get(one.service)
    const runId = one.run === undefined ? null : runs.get(one.run)
    if (serviceId === undefined)
      issues.push({ path: `${pathOf(index)}.service`, message: `no service named ${one.service} has sent readings` })
    if (runId === undefined)
      issues.push({ path: `${pathOf(index)}.run`, message: `no run named ${one.run} has sent readings` })
    if (one.day > lastDay) issues.push({ path: `${pathOf(index)}.day`, message: 'lies in the future' })
    const key = `${serviceId ?? ''} ${runId ?? ''} ${one.day} ${one.unit}`
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, index)
    else
      issues.push({
        path: pathOf(index),
        message: `is of the same name, day and unit as ${pathOf(earlier)}: send one count for the whole UTC day`,
      })
    return { serviceId: serviceId ?? null, runId: runId ?? null, day: one.day, unit: one.unit, count: one.count }
  })
  if (issues.length > 0) {
    const hidden = issues.length - MOST_ISSUES
    throw new AppError('invalid_input', 'Nothing was stored: some statements cannot be taken.', {
      issues: [
        ...issues.slice(0, MOST_ISSUES),
        ...(hidden > 0 ? [{ path: pathOf(statements.length - 1), message: `and ${hidden} more issues` }] : []),
      ],
    })
  }
  return rows
}

/** Writes what was delivered, all of it or nothing; the last statement of a (service or run, day, unit) stands. */
export const writeUnits = async (
  tx: Tx,
  orgId: string,
  statements: UnitStatement[],
  { source, by, pathOf = inRequest }: { source: string; by: Author; pathOf?: PathOf },
): Promise<FunctionalUnitsAnswer> => {
  const rows = await resolved(tx, orgId, statements, pathOf)
  const { rowCount } = await tx.query(
    `insert into functional_unit as known (org_id, service_id, run_id, day, unit, count, source)
     select $1, told.*, $7 from unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::double precision[])
       as told(service_id, run_id, day, unit, count)
     on conflict (org_id, service_id, run_id, day, unit) do update
       set count = excluded.count, source = excluded.source, recorded_at = now()
       where known.count <> excluded.count`,
    [
      orgId,
      rows.map((row) => row.serviceId),
      rows.map((row) => row.runId),
      rows.map((row) => row.day),
      rows.map((row) => row.unit),
      rows.map((row) => row.count),
      source,
    ],
  )
  const changed = rowCount ?? 0
  if (changed > 0) {
    const days = rows.map((row) => row.day).sort()
    await writeAuditEvent(tx, orgId, by, {
      action: 'functional_unit.state',
      objectKind: 'organization',
      objectId: orgId,
      detail: {
        statements: rows.length,
        changed,
        first_day: days[0],
        last_day: days.at(-1),
        units: [...new Set(rows.map((row) => row.unit))].sort().slice(0, 20),
        source,
      },
    })
  }
  return { accepted: rows.length, changed }
}

/**
 * POST /api/v1/functional-units. Sending the same again changes nothing; an Idempotency-Key also keeps a late repeat from taking back a
 * newer count. @throws AppError invalid_input (no such service or run, a future day, one name, day and unit twice)
 */
export const stateUnits = (
  orgId: string,
  statements: UnitStatement[],
  { by, idempotencyKey }: { by: Author; idempotencyKey: string | null },
): Promise<FunctionalUnitsAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    const write = () => writeUnits(tx, orgId, statements, { source: 'api', by })
    if (idempotencyKey === null) return write()
    const digest = createHash('sha256').update(JSON.stringify(statements)).digest()
    const answered = await once(tx, { orgId, route: 'functional-units', key: idempotencyKey, digest }, async () => ({
      status: 200,
      body: await write(),
    }))
    return answered.body as FunctionalUnitsAnswer
  })
