import type { ReplayAnswer, ReplayRequest } from '@/lib/contracts/source-items'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { canReplay } from '@/lib/registry/kept-rejections'
import { acceptReadings } from './accept'
import { type Judgement, readingJudge, saidSchema } from './judge-reading'
import { storedMapping } from './metric-source'
import type { IncomingReading } from './reading'
import { judgeSample } from './replay-sample'

/** Refused items, mended by a person and sent through the same judge and the same door. What succeeds is marked; what fails stays as it came. */

interface Row {
  rejection_id: string
  received_at: Date
  reason: string
  payload: Record<string, unknown>
  replayed_at: Date | null
}

interface Source {
  name: string
  mapping: unknown
}

const sourceIn = async (tx: Tx, orgId: string, sourceId: string): Promise<Source> => {
  const { rows } = await tx.query<Source>('select name, mapping from source where org_id = $1 and source_id = $2', [
    orgId,
    sourceId,
  ])
  if (!rows[0]) throw new AppError('not_found', 'No such source.')
  return rows[0]
}

/** One field of the item itself; `labels.pod` a label of a series. */
const withField = (payload: Record<string, unknown>, set: { field: string; value?: unknown }) => {
  const into = (one: unknown): Record<string, unknown> => ({ ...(one as Record<string, unknown>) })
  const label = /^labels\.(.+)$/.exec(set.field)?.[1]
  if (label !== undefined) return { ...payload, labels: { ...into(payload.labels), [label]: set.value } }
  return 'item' in payload
    ? { ...payload, item: { ...into(payload.item), [set.field]: set.value } }
    : { ...payload, [set.field]: set.value }
}

const judgeItem = (payload: Record<string, unknown>, source: Source, now: number): Judgement | { reason: string } => {
  if (!canReplay(payload)) return { reason: 'not_replayable' }
  if (!('item' in payload)) return judgeSample(payload, storedMapping(source.mapping).mapping, source.name, now)
  const said = saidSchema.safeParse(payload.said ?? {})
  return said.success ? readingJudge(said.data, now)(payload.item) : { reason: 'context_invalid' }
}

const chosenRows = async (tx: Tx, orgId: string, sourceId: string, asked: ReplayRequest): Promise<Row[]> => {
  const [condition, value] =
    'items' in asked
      ? ['rejection_id = any($3::uuid[])', asked.items.map((one) => one.rejection_id)]
      : ['reason = $3', asked.reason]
  const { rows } = await tx.query<Row>(
    `/* rejected.chosen */ select rejection_id, received_at, reason, payload, replayed_at from rejected_reading
     where org_id = $1 and source_id = $2 and replayed_at is null and ${condition}
     order by received_at, rejection_id for update`,
    [orgId, sourceId, value],
  )
  return rows
}

/** POST /api/v1/sources/[source]/replay. Items that were replayed already are left alone. @throws AppError not_found */
export const replayRejected = async (
  { orgId, keyId, by }: { orgId: string; keyId: string | null; by: Author },
  sourceId: string,
  asked: ReplayRequest,
): Promise<ReplayAnswer> => {
  const pool = appPool()
  const tables = await referenceTables(pool)
  return withOrgSql(pool, orgId, async (tx) => {
    const source = await sourceIn(tx, orgId, sourceId)
    const mended = new Map('items' in asked ? asked.items.map((one) => [one.rejection_id, one.payload]) : [])
    const set = 'items' in asked ? null : asked.set
    const good: { id: string; reading: IncomingReading }[] = []
    const refused: ReplayAnswer['refused'] = []
    const now = Date.now()
    for (const row of await chosenRows(tx, orgId, sourceId, asked)) {
      const payload = mended.get(row.rejection_id) ?? (set ? withField(row.payload, set) : row.payload)
      const judged = judgeItem(payload, source, now)
      if ('reading' in judged) good.push({ id: row.rejection_id, reading: judged.reading })
      else refused.push({ rejection_id: row.rejection_id, reason: judged.reason })
    }
    if (good.length === 0) return { replayed: 0, accepted: 0, duplicate: 0, refused }
    const readings = good.map(({ reading }) => reading)
    const { accepted, duplicate } = await acceptReadings(tx, { orgId, keyId, sourceId, tables, readings })
    await tx.query(
      `/* rejected.replayed */ update rejected_reading set replayed_at = now(), replayed_by = $4
       where org_id = $1 and source_id = $2 and rejection_id = any($3::uuid[])`,
      [orgId, sourceId, good.map(({ id }) => id), by.id],
    )
    await writeAuditEvent(tx, orgId, by, {
      ...{ action: 'source.replay', objectKind: 'source', objectId: sourceId },
      detail: {
        ...{ replayed: good.length, refused: refused.length, accepted, duplicate },
        ...('items' in asked ? {} : { reason: asked.reason, set: asked.set }),
      },
    })
    return { replayed: good.length, accepted, duplicate, refused }
  })
}
