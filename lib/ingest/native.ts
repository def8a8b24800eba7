import { createHash } from 'node:crypto'
import type { ReadingsAnswer, ReadingsRequest } from '@/lib/contracts/readings'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { referenceTables } from '@/lib/grid/zone-of'
import { once } from '@/lib/ledger/idempotency'
import { countRejections, sourceOf } from '@/lib/registry/sources'
import { acceptReadings } from './accept'
import { acceptSeries } from './accept-series'
import { readingJudge } from './judge-reading'
import { keepRejectedItems, MOST_KEPT_OF_A_SOURCE, type RejectedItem } from './keep-rejected'
import { keptSeries } from './kept-meters'
import type { IncomingReading } from './reading'

export interface Sender {
  orgId: string
  keyId: string | null
  /** The Idempotency-Key header, when there is one. */
  idempotencyKey: string | null
}

export type RefusedReading = ReadingsAnswer['rejected'][number]

/**
 * POST /api/v1/readings: judges each reading, stores the good ones as one batch and names the others.
 * @throws AppError all_rejected when no reading of a non-empty request is good: nothing is stored
 */
export const ingestReadings = async (sender: Sender, request: ReadingsRequest): Promise<ReadingsAnswer> => {
  const { readings: items, ...said } = request
  const judge = readingJudge(said, Date.now())
  const good: IncomingReading[] = []
  const rejected: RefusedReading[] = []
  items.forEach((item, index) => {
    const judgement = judge(item)
    if ('reading' in judgement) good.push(judgement.reading)
    else rejected.push({ index, reason: judgement.reason })
  })
  return storeJudged(sender, {
    good,
    rejected,
    items: rejected
      .slice(-MOST_KEPT_OF_A_SOURCE)
      .map(({ index, reason }): RejectedItem => ({ reason, with: { protocol: 'native', said }, item: items[index] })),
    digest: () => createHash('sha256').update(JSON.stringify(request)).digest(),
  })
}

interface Judged {
  good: IncomingReading[]
  rejected: RefusedReading[]
  /** The newest refused ones as they came. */
  items: RejectedItem[]
  /** Of the request, for its Idempotency-Key. */
  digest(): Buffer
}

/** @throws AppError all_rejected */
export const storeJudged = async (
  sender: Sender,
  { good, rejected, items, digest }: Judged,
): Promise<ReadingsAnswer> => {
  const reasons = new Map<string, number>()
  for (const { reason } of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const keep = async (tx: Tx, sourceId: string): Promise<void> => {
    await countRejections(tx, sender.orgId, sourceId, reasons)
    await keepRejectedItems(tx, sender.orgId, sourceId, items)
  }
  const pool = appPool()
  const tables = await referenceTables(pool)

  if (good.length === 0 && rejected.length > 0) {
    await withOrgSql(pool, sender.orgId, async (tx) => keep(tx, await sourceOf(tx, sender.orgId, 'native')))
    throw new AppError('all_rejected', 'None of the readings could be accepted; nothing was stored.', {
      extra: { accepted: 0, duplicate: 0, rejected },
    })
  }

  if (sender.idempotencyKey === null && rejected.length === 0) {
    const sourceId = await nativeSource(sender.orgId)
    const { accepted, duplicate } = await acceptSeries({ ...sender, sourceId, series: keptSeries(sender.orgId, good) })
    return { accepted, duplicate, rejected }
  }
  return withOrgSql(pool, sender.orgId, async (tx) => {
    const work = async (): Promise<{ status: number; body: ReadingsAnswer }> => {
      const sourceId = await sourceOf(tx, sender.orgId, 'native')
      const stored = await acceptReadings(tx, { ...sender, sourceId, tables, readings: good })
      await keep(tx, sourceId)
      return { status: 200, body: { accepted: stored.accepted, duplicate: stored.duplicate, rejected } }
    }
    if (sender.idempotencyKey === null) return (await work()).body
    const answered = await once(
      tx,
      { orgId: sender.orgId, route: 'readings', key: sender.idempotencyKey, digest: digest() },
      work,
    )
    return answered.body as ReadingsAnswer
  })
}

const sources = new Map<string, string>()

/** A source is never removed and keeps its id, so an organisation's is looked up once. */
const nativeSource = async (orgId: string): Promise<string> => {
  const known = sources.get(orgId)
  if (known !== undefined) return known
  const sourceId = await withOrgSql(appPool(), orgId, (tx) => sourceOf(tx, orgId, 'native'))
  if (sources.size > 10_000) sources.clear()
  sources.set(orgId, sourceId)
  return sourceId
}
