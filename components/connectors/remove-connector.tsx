'use client'
import { useState } from 'react'
import type { ConnectorView } from '@/lib/contracts/connectors'
import { FormRefusal } from '../forms/form-refusal'
import { useRemoveConnector } from '../hooks/use-connectors'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

/** Asks once: the key goes with it. */
export function RemoveConnector({ org, connector }: { org: string; connector: ConnectorView }) {
  const remove = useRemoveConnector(org)
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <Button size={26} tone="quiet" onClick={() => setIsAsking(true)} aria-label={`Remove ${connector.name}`}>
        Remove
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Remove this connector?"
        description={
          <>
            <b className="font-medium text-ink">{connector.name}</b> fetches nothing more, and its key is deleted. What
            it brought stays, and so do the figures that rest on it. To stop it for a while, pause it.
          </>
        }
        actions={
          <>
            <Button tone="quiet" onClick={() => setIsAsking(false)}>
              Keep it
            </Button>
            <Button
              tone="danger"
              disabled={remove.isPending}
              onClick={() => remove.mutate(connector.connector_id, { onSuccess: () => setIsAsking(false) })}
            >
              {remove.isPending ? 'Removing' : 'Remove connector'}
            </Button>
          </>
        }
      >
        {remove.error && <FormRefusal error={remove.error} />}
      </Dialog>
    </>
  )
}
