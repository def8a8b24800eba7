'use client'
import { useState } from 'react'
import type { Key } from '@/lib/contracts/api-keys'
import { formatDay, formatInstant } from '@/lib/units/format'
import { useKeys } from '../hooks/use-keys'
import { EmptyNoSource } from '../states/empty-no-source'
import { ErrorPanel } from '../states/error-panel'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Button } from '../ui/button'
import { Panel } from '../ui/panel'
import { Status } from '../ui/status'
import { Refusal } from './call-api'
import { CreateKeyDialog } from './create-key-dialog'
import { RevokeKeyDialog } from './revoke-key-dialog'

export interface ApiKeysProps {
  org: string
  initial: Key[]
  /** The server's clock when the page was made. */
  now: string
}

const COLUMNS: Column[] = [
  { key: 'name', label: 'Name' },
  { key: 'id', label: 'Key' },
  { key: 'scopes', label: 'Scopes' },
  { key: 'created', label: 'Created' },
  { key: 'used', label: 'Last used, UTC' },
  { key: 'expires', label: 'Expires' },
  { key: 'state', label: 'State' },
  { key: 'revoke', label: 'Action', align: 'right', sortable: false, plain: 'control' },
]

const isOver = (instant: string | null, now: string): boolean => instant !== null && instant <= now

const stateNode = (key: Key, now: string) => {
  if (key.revoked_at) return <Status tone="locked">{`Revoked ${formatDay(key.revoked_at)}`}</Status>
  return isOver(key.expires_at, now) ? <Status tone="stale">Expired</Status> : <Status tone="verified">Active</Status>
}

const titleOf = (keys: readonly Key[], now: string): string => {
  const active = keys.filter((key) => !key.revoked_at && !isOver(key.expires_at, now))
  const unused = active.filter((key) => key.last_used_at === null).length
  const count = active.length === 1 ? '1 active key' : `${active.length === 0 ? 'No' : active.length} active keys`
  return unused === 0 ? count : `${count}, ${unused} never used`
}

/** The keys of the organisation: list, make, revoke. */
export function ApiKeys({ org, initial, now }: ApiKeysProps) {
  const { data: keys, error, refetch } = useKeys(org, initial)
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Key | null>(null)
  const make = (
    <Button tone="primary" size={26} onClick={() => setMaking(true)}>
      New key
    </Button>
  )
  const rows = keys.map((key): Row => {
    const isActive = !key.revoked_at
    return {
      id: key.key_id,
      muted: !isActive || isOver(key.expires_at, now),
      cells: {
        name: { text: key.name.length > 40 ? `${key.name.slice(0, 39)}…` : key.name, why: key.name },
        id: { text: `wl_${key.key_id}…`, mono: true },
        scopes: key.scopes.join(', '),
        created: { text: formatDay(key.created_at), sort: key.created_at },
        used: key.last_used_at
          ? { text: formatInstant(key.last_used_at), sort: key.last_used_at }
          : { text: null, why: 'Never used' },
        expires: key.expires_at
          ? { text: formatDay(key.expires_at), sort: key.expires_at }
          : { text: 'Never', muted: true },
        state: {
          text: key.revoked_at ? 'Revoked' : isOver(key.expires_at, now) ? 'Expired' : 'Active',
          node: stateNode(key, now),
        },
        revoke: {
          text: '',
          node: isActive ? (
            <Button size={26} onClick={() => setRevoking(key)} aria-label={`Revoke ${key.name}, wl_${key.key_id}`}>
              Revoke
            </Button>
          ) : (
            <span className="sr-only">Revoked</span>
          ),
        },
      },
    }
  })
  return (
    <Panel
      title={keys.length === 0 ? 'No key has been made yet' : titleOf(keys, now)}
      meta="The database holds digests; a secret is shown once, when its key is made. Use is noted to the minute"
      tools={keys.length === 0 ? undefined : make}
    >
      {error && (
        <ErrorPanel
          words="The keys could not be read again."
          detail={error.message}
          requestId={error instanceof Refusal ? (error.requestId ?? undefined) : undefined}
          onRetry={() => void refetch()}
        />
      )}
      {keys.length === 0 ? (
        <EmptyNoSource sentence="A sender needs a key with the scope ingest." action={make} />
      ) : (
        <DataTable caption="API keys" columns={COLUMNS} rows={rows} />
      )}
      {making && <CreateKeyDialog org={org} onClose={() => setMaking(false)} />}
      {revoking && <RevokeKeyDialog org={org} apiKey={revoking} onClose={() => setRevoking(null)} />}
    </Panel>
  )
}
