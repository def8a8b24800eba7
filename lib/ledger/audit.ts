import type { ClientBase } from 'pg'
import { newId } from '@/lib/db/ids'

/** Who did it: a person, a key, or the operator's command line. */
export interface Author {
  kind: 'user' | 'key' | 'system'
  id: string
}

export interface AuditEvent {
  /** `noun.verb`, such as `api_key.create`. */
  action: string
  objectKind: string
  objectId: string
  detail: Record<string, unknown>
}

/** One mutation is one audit event, in the mutation's own transaction. The table takes inserts only. */
export const writeAuditEvent = async (tx: ClientBase, orgId: string, by: Author, event: AuditEvent): Promise<void> => {
  await tx.query(
    `insert into audit_event (org_id, event_id, actor_kind, actor_id, action, object_kind, object_id, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [orgId, newId(), by.kind, by.id, event.action, event.objectKind, event.objectId, JSON.stringify(event.detail)],
  )
}
