'use client'
import { useState } from 'react'
import type { ConnectorView } from '@/lib/contracts/connectors'
import { formatDay, formatInstant, formatPercent } from '@/lib/units/format'
import { useTestConnector } from '../hooks/use-connectors'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { Status } from '../ui/status'
import { BackfillDialog } from './backfill-dialog'
import { ConnectorDialog } from './connector-dialog'
import { apart, KIND_WORDS, scopeOf, shareDone, stateOf } from './connector-words'
import { PauseConnector } from './pause-connector'
import { RemoveConnector } from './remove-connector'

export interface ConnectorItemProps {
  org: string
  connector: ConnectorView
  /** The server's clock. */
  now: string
  canEdit: boolean
}

function Fact({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-meta text-muted">{label}</dt>
      <dd className="text-table tabular-nums">
        {value}
        {note && <span className="block text-meta text-muted">{note}</span>}
      </dd>
    </div>
  )
}

function Progress({ backfill }: { backfill: NonNullable<ConnectorView['backfill']> }) {
  const share = shareDone(backfill)
  return (
    <div className="mt-3">
      <p className="text-meta text-ink-2">
        {`Fetching ${formatDay(backfill.from)} to ${formatDay(backfill.to)}: done until ${formatInstant(backfill.done)} UTC, ${formatPercent(share)}`}
      </p>
      <progress
        aria-label="Share of the back-fill that is done"
        max={1}
        value={share}
        className="mt-1 block h-1 w-full max-w-[420px] appearance-none bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  )
}

/** One connector: whether it works, what it brought, when it comes again, and why not. */
export function ConnectorItem({ org, connector, now, canEdit }: ConnectorItemProps) {
  const test = useTestConnector(org, connector.connector_id)
  const [dialog, setDialog] = useState<'edit' | 'backfill' | null>(null)
  const state = stateOf(connector)
  const since = (instant: string) => Date.parse(now) - Date.parse(instant)
  const { last_ok_at: lastOk, newest_at: newest, next_at: next } = connector
  return (
    <section aria-label={connector.name} className="border-b border-hairline py-4 first:pt-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-medium break-words">{connector.name}</h3>
        <span className="text-meta text-muted">{KIND_WORDS[connector.kind].name}</span>
        <Status tone={state.tone}>{state.word}</Status>
      </div>
      <p className="mt-0.5 text-meta break-words text-ink-2">{scopeOf(connector)}</p>
      <dl className="mt-3 grid grid-cols-2 gap-x-8 gap-y-3 @2xl:grid-cols-4">
        <Fact
          label="Last success"
          value={lastOk === null ? 'none yet' : `${apart(since(lastOk))} ago`}
          note={lastOk === null ? undefined : `${formatInstant(lastOk)} UTC`}
        />
        <Fact
          label="Next turn"
          value={!connector.is_active ? 'when resumed' : since(next) >= 0 ? 'now' : `in ${apart(since(next))}`}
          note={connector.is_active ? `${formatInstant(next)} UTC` : undefined}
        />
        <Fact
          label={connector.kind === 'mlflow' ? 'Newest run that ended' : 'Newest hour'}
          value={newest === null ? '—' : `${formatInstant(newest)} UTC`}
          note={connector.kind === 'mlflow' && newest !== null ? 'when it began' : undefined}
        />
        <Fact
          label="Key"
          value={connector.has_secret ? 'kept sealed' : 'none'}
          note={connector.has_secret ? 'nobody can read it back' : undefined}
        />
      </dl>
      {connector.backfill && <Progress backfill={connector.backfill} />}
      {connector.last_error && (
        <p className="mt-3 flex items-start gap-1.5 text-meta text-breach">
          <Icon name="breach" size={14} className="mt-px flex-none" />
          <span className="min-w-0 break-words">{connector.last_error}</span>
        </p>
      )}
      {connector.note && !connector.last_error && <p className="mt-3 text-meta text-warn">{connector.note}</p>}
      {canEdit && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button size={26} disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? 'Asking' : 'Test'}
          </Button>
          <Button size={26} disabled={!connector.is_active} onClick={() => setDialog('backfill')}>
            Fetch the past
          </Button>
          <Button size={26} onClick={() => setDialog('edit')}>
            Edit
          </Button>
          <PauseConnector org={org} connector={connector} />
          <RemoveConnector org={org} connector={connector} />
        </div>
      )}
      <div role="status" className="mt-2 text-meta empty:hidden">
        {test.data && (
          <span className={test.data.ok ? 'text-ink-2' : 'text-breach'}>
            {`${test.data.ok ? 'Works. ' : 'Does not work. '}${test.data.words}`}
          </span>
        )}
        {test.error && <span className="text-breach">{test.error.message}</span>}
      </div>
      {dialog === 'edit' && <ConnectorDialog org={org} connector={connector} onClose={() => setDialog(null)} />}
      {dialog === 'backfill' && <BackfillDialog org={org} connector={connector} onClose={() => setDialog(null)} />}
    </section>
  )
}
