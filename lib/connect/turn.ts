import type { ConnectorKind, ConnectorProgress } from '@/lib/contracts/connectors'
import type { Tx } from '@/lib/db/with-org-sql'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import type { Outbound } from './outbound'

/** What a connector remembers between its turns, merged key by key. */
export type Cursor = Record<string, unknown>

/** One turn of one connector: what it knows, what it may use, and where it puts what it fetched. */
export interface Turn {
  orgId: string
  connectorId: string
  kind: ConnectorKind
  name: string
  settings: Record<string, unknown>
  secret: Record<string, string> | null
  cursor: Cursor
  progress: ConnectorProgress | null
  client: Outbound
  /** A token that was got for the secret; no words of ours repeat it. */
  hide(token: string): void
  tables: ReferenceTables
  now(): number
  /** False when others have waited long enough; what is left is done in the next turn. */
  mayGoOn(): boolean
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Stores a piece and where the next one begins, in one transaction: after a stop in the middle nothing is lost and nothing doubled. */
  keep(piece: { cursor?: Cursor; progress?: ConnectorProgress; work?: (tx: Tx) => Promise<void> }): Promise<void>
}

export interface Poller {
  /** At least this long between two requests. */
  minIntervalMs: number
  /** What is new, and what may have been corrected since. */
  poll(turn: Turn): Promise<void>
  /** A piece of the past, from progress.done on. */
  backfill(turn: Turn, progress: ConnectorProgress): Promise<void>
  /** One request; what came of it, in words. */
  test(turn: Turn): Promise<string>
}
