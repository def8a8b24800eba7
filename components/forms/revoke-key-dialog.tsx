'use client'
import type { Key } from '@/lib/contracts/api-keys'
import { useRevokeKey } from '../hooks/use-keys'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { FormRefusal } from './form-refusal'

/** Asks once: there is no way back. */
export function RevokeKeyDialog({ org, apiKey, onClose }: { org: string; apiKey: Key; onClose: () => void }) {
  const revoke = useRevokeKey(org)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Revoke this key?"
      description={
        <>
          Senders that use <b className="font-medium text-ink">{apiKey.name}</b> (
          <span className="font-mono text-meta">{`wl_${apiKey.key_id}…`}</span>) are refused within seconds. This cannot
          be undone; what they sent stays. To go on, make another key first.
        </>
      }
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button
            tone="danger"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate(apiKey.key_id, { onSuccess: onClose })}
          >
            {revoke.isPending ? 'Revoking' : 'Revoke key'}
          </Button>
        </>
      }
    >
      {revoke.error && <FormRefusal error={revoke.error} />}
    </Dialog>
  )
}
