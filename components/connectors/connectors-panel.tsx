'use client'
import { useState } from 'react'
import type { ConnectorList } from '@/lib/contracts/connectors'
import { formatInstant } from '@/lib/units/format'
import { Refusal } from '../forms/call-api'
import { useConnectors } from '../hooks/use-connectors'
import { EmptyNoSource } from '../states/empty-no-source'
import { ErrorPanel } from '../states/error-panel'
import { Button } from '../ui/button'
import { Panel, type Span } from '../ui/panel'
import { ConnectorDialog } from './connector-dialog'
import { ConnectorItem } from './connector-item'

export interface ConnectorsPanelProps {
  org: string
  initial: ConnectorList
  canEdit: boolean
  span?: Span
}

const titleOf = ({ connectors }: ConnectorList): string => {
  const failing = connectors.filter(({ state }) => state === 'failing').length
  const count = connectors.length === 1 ? 'One connector' : `${connectors.length} connectors`
  if (failing === 0) return `${count}, ${connectors.length === 1 ? 'without trouble' : 'none in trouble'}`
  return `${count}, ${failing === connectors.length ? 'all' : failing} failing`
}

/** What is fetched from others by itself: list, add, test, back-fill. */
export function ConnectorsPanel({ org, initial, canEdit, span = 12 }: ConnectorsPanelProps) {
  const { data, error, refetch } = useConnectors(org, initial)
  const [isAdding, setIsAdding] = useState(false)
  const add = canEdit ? (
    <Button tone="primary" size={26} onClick={() => setIsAdding(true)}>
      Add a connector
    </Button>
  ) : null
  const isEmpty = data.connectors.length === 0
  return (
    <Panel
      span={span}
      title={isEmpty ? 'Nothing is fetched yet' : titleOf(data)}
      meta={
        canEdit
          ? 'The worker calls; keys are kept sealed, for it alone. Changes are in the audit trail'
          : 'Changes need the owner, admin or analyst role; an owner or admin can give it'
      }
      tools={isEmpty ? undefined : add}
    >
      {error && (
        <ErrorPanel
          words="The connectors could not be read again."
          detail={`Shown as of ${formatInstant(data.now)} UTC. ${error.message}`}
          requestId={error instanceof Refusal ? (error.requestId ?? undefined) : undefined}
          onRetry={() => void refetch()}
        />
      )}
      {isEmpty ? (
        <EmptyNoSource
          sentence="A connector brings grid intensity or runs by itself, hour by hour, and corrects what was corrected."
          action={add ?? <span className="text-meta text-muted">An owner, admin or analyst can add one.</span>}
        />
      ) : (
        data.connectors.map((connector) => (
          <ConnectorItem
            key={connector.connector_id}
            org={org}
            connector={connector}
            now={data.now}
            canEdit={canEdit}
          />
        ))
      )}
      {isAdding && <ConnectorDialog org={org} connector={null} onClose={() => setIsAdding(false)} />}
    </Panel>
  )
}
