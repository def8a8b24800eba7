import type { Pool } from 'pg'
import { openSecret } from '@/lib/auth/sealed-secret'
import { type ConnectorKind, connectorProgressSchema } from '@/lib/contracts/connectors'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { SourceFault } from '@/lib/grid/sources/source-fault'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { log } from '@/lib/log'
import { formsOf } from './credentials'
import { electricityMaps } from './electricity-maps'
import { gbCarbonIntensity } from './gb-carbon-intensity'
import { mlflow } from './mlflow'
import { type Outbound, type OutboundOptions, outbound } from './outbound'
import { OutboundError } from './outbound-error'
import type { Poller, Turn } from './turn'
import { wattTime } from './watttime'

const POLLERS: Record<ConnectorKind, Poller> = {
  'electricity-maps': electricityMaps,
  watttime: wattTime,
  'gb-carbon-intensity': gbCarbonIntensity,
  mlflow,
}

/** After this long the connectors of others have their turn. */
const LONGEST_TURN = 20_000
const FIRST_PAUSE = 30_000
const LONGEST_PAUSE = 6 * 3_600_000
/** A key that is refused will be refused again until somebody changes it. */
const DENIED_PAUSE = 3_600_000

interface Row {
  kind: ConnectorKind
  name: string
  settings: Record<string, unknown> & { every_minutes?: number }
  secret: Buffer | null
  secret_key_version: number | null
  is_active: boolean
  cursor: Record<string, unknown> & { poll_at?: number; test?: { id: string }; tested?: { id: string } }
  progress: unknown
  failures: number
}

export interface TurnOptions {
  now?: () => number
  /** For tests: how the outbound client waits, and how long a turn may take. */
  client?: Partial<OutboundOptions>
  longestTurnMs?: number
  /** The worker stops: what runs is broken off, and is no failure of the connector. */
  signal?: AbortSignal
}

/**
 * One turn of a connector: an asked test, what is new, a piece of the past. What it stored stays stored when the rest fails; the failure is
 * told on the row in words, and the next turn comes later each time. The caller holds the organisation's lock.
 */
export const runConnector = async (
  pool: Pool,
  tables: ReferenceTables,
  { orgId, connectorId }: { orgId: string; connectorId: string },
  { now = Date.now, client = {}, longestTurnMs = LONGEST_TURN, signal }: TurnOptions = {},
): Promise<void> => {
  const row = await takeRow(pool, orgId, connectorId)
  if (!row) return
  const poller = POLLERS[row.kind]
  const startedAt = performance.now()
  let turn: ReturnType<typeof turnOf>
  try {
    const mayGoOn = () => !signal?.aborted && performance.now() < startedAt + longestTurnMs
    turn = turnOf(pool, tables, row, { orgId, connectorId, now, client: { signal, ...client }, mayGoOn })
  } catch (error) {
    await answerTest(pool, orgId, connectorId, row, async () => {
      throw error
    })
    return finish(pool, orgId, connectorId, row, { now, error })
  }
  // Somebody waits: it is asked once, without the patience of a fetch.
  await answerTest(pool, orgId, connectorId, row, () => poller.test({ ...turn, client: turn.once }))
  if (!row.is_active) return
  let pollAt = row.cursor.poll_at ?? 0
  try {
    if (pollAt <= now()) {
      await poller.poll(turn)
      pollAt = now() + (row.settings.every_minutes ?? 60) * 60_000
      await turn.keep({ cursor: { poll_at: pollAt } })
    }
    while (isUnfinished(turn) && turn.mayGoOn())
      await poller.backfill(turn, turn.progress as NonNullable<Turn['progress']>)
    await finish(pool, orgId, connectorId, row, { now, nextAt: isUnfinished(turn) ? now() : pollAt })
  } catch (error) {
    if (!signal?.aborted) await finish(pool, orgId, connectorId, row, { now, error })
  }
}

const isUnfinished = ({ progress }: Turn): boolean => progress !== null && progress.done < progress.to

const takeRow = (pool: Pool, orgId: string, connectorId: string): Promise<Row | null> =>
  withOrgSql(pool, orgId, async (tx) => {
    const { rows } = await tx.query<Row>(
      `update connector set last_started_at = now()
       where org_id = $1 and connector_id = $2 and removed_at is null
       returning kind, name, settings, secret, secret_key_version, is_active, cursor, progress, failures`,
      [orgId, connectorId],
    )
    return rows[0] ?? null
  })

const secretOf = (row: Row, orgId: string, connectorId: string): Record<string, string> | null => {
  if (row.secret === null || row.secret_key_version === null) return null
  const place = { orgId, connectorId, field: 'secret' }
  return JSON.parse(openSecret(place, { sealed: row.secret, keyVersion: row.secret_key_version }))
}

const turnOf = (
  pool: Pool,
  tables: ReferenceTables,
  row: Row,
  given: {
    orgId: string
    connectorId: string
    now: () => number
    client: Partial<OutboundOptions>
    mayGoOn: () => boolean
  },
): Turn & { once: Outbound } => {
  const { orgId, connectorId, now } = given
  const secret = secretOf(row, orgId, connectorId)
  const secrets = formsOf(secret)
  const options = { minIntervalMs: POLLERS[row.kind].minIntervalMs, secrets, now, ...given.client }
  const turn: Turn & { once: Outbound } = {
    ...{ orgId, connectorId, kind: row.kind, name: row.name, settings: row.settings, secret, tables, now },
    cursor: row.cursor,
    progress: connectorProgressSchema.safeParse(row.progress).data ?? null,
    client: outbound(options),
    once: outbound({ ...options, attempts: 1 }),
    hide: (token) => void secrets.push(token),
    mayGoOn: given.mayGoOn,
    read: (work) => withOrgSql(pool, orgId, work),
    async keep({ cursor = {}, progress, work }) {
      await withOrgSql(pool, orgId, async (tx) => {
        await work?.(tx)
        // A back-fill that was asked anew meanwhile is not taken back.
        await tx.query(
          `update connector set cursor = cursor || $3,
             progress = case when $4::jsonb is not null and progress = $5::jsonb then $4::jsonb else progress end
           where org_id = $1 and connector_id = $2`,
          [
            ...[orgId, connectorId, JSON.stringify(cursor)],
            ...[progress ? JSON.stringify(progress) : null, JSON.stringify(turn.progress ?? {})],
          ],
        )
      })
      turn.cursor = { ...turn.cursor, ...cursor }
      if (progress) turn.progress = progress
    },
  }
  return turn
}

/** A test that somebody waits for, whatever else happens in this turn. */
const answerTest = async (
  pool: Pool,
  orgId: string,
  connectorId: string,
  row: Row,
  test: () => Promise<string>,
): Promise<void> => {
  const id = row.cursor.test?.id
  if (!id || id === row.cursor.tested?.id) return
  const outcome = await test().then(
    (words) => ({ ok: true, words }),
    (error: unknown) => ({ ok: false, words: wordsOf(error, connectorId) }),
  )
  await withOrgSql(pool, orgId, (tx) =>
    tx.query(`update connector set cursor = cursor || $3 where org_id = $1 and connector_id = $2`, [
      ...[orgId, connectorId, JSON.stringify({ tested: { id, ...outcome } })],
    ]),
  )
}

const finish = async (
  pool: Pool,
  orgId: string,
  connectorId: string,
  row: Row,
  { now, error, nextAt }: { now: () => number; error?: unknown; nextAt?: number },
): Promise<void> => {
  const failures = error === undefined ? 0 : row.failures + 1
  await withOrgSql(pool, orgId, (tx) =>
    tx.query(
      `update connector set failures = $3, last_error = $4, last_ok_at = case when $3 = 0 then $5 else last_ok_at end, next_at = $6
       where org_id = $1 and connector_id = $2`,
      [
        ...[orgId, connectorId, failures, error === undefined ? null : wordsOf(error, connectorId)],
        ...[new Date(now()), new Date(nextAt ?? retryAt(error, failures, now()))],
      ],
    ),
  )
}

/** Twice as long each time, and never before the other side wants to be asked again. */
const retryAt = (error: unknown, failures: number, now: number): number => {
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures - 1, 20))
  const outboundError = error instanceof OutboundError ? error : null
  const least = outboundError?.trouble === 'denied' ? DENIED_PAUSE : 0
  return Math.max(now + Math.max(pause, least), outboundError?.details.retryAt ?? 0)
}

const wordsOf = (error: unknown, connectorId: string): string => {
  if (error instanceof OutboundError || error instanceof SourceFault) return error.message.slice(0, 500)
  if (error instanceof AppError) return error.publicMessage
  log.error({ connectorId, err: error }, 'a connector broke')
  return 'Something broke on our side; it was logged under the id of the connector.'
}
