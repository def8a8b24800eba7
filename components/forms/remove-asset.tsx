'use client'
import { useState } from 'react'
import { useRemoveAsset } from '../hooks/use-assets'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { useNotify } from '../ui/toast'
import { FormRefusal } from './form-refusal'

export interface RemoveAssetProps {
  org: string
  assetId: string
  name: string
  isRemoved: boolean
}

/** Out of the register, and back. Retiring is another thing: it keeps what was given until then. */
export function RemoveAsset({ org, assetId, name, isRemoved }: RemoveAssetProps) {
  const { remove, restore } = useRemoveAsset(org, assetId)
  const [isAsking, setIsAsking] = useState(false)
  const notify = useNotify()
  const failed = (error: Error) => notify({ kind: 'error', text: error.message })
  const takeBack = () =>
    restore.mutate(undefined, { onSuccess: () => notify({ text: 'In the register again.' }), onError: failed })
  if (isRemoved)
    return (
      <Button onClick={takeBack} disabled={restore.isPending}>
        {restore.isPending ? 'Taking back' : 'Take back'}
      </Button>
    )
  return (
    <>
      <Button tone="danger" onClick={() => setIsAsking(true)}>
        Remove
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Remove this asset?"
        description={`“${name}” leaves the register as if it had never been bought: workloads on its hardware find another asset, or the library. If it was sold or scrapped, give it a last day instead.`}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Keep it</Button>
            <Button
              tone="danger"
              disabled={remove.isPending}
              onClick={() =>
                remove.mutate(undefined, {
                  onSuccess: () => {
                    setIsAsking(false)
                    notify({ text: 'Removed from the register.', action: { label: 'Undo', onSelect: takeBack } })
                  },
                })
              }
            >
              {remove.isPending ? 'Removing' : 'Remove asset'}
            </Button>
          </>
        }
      >
        {remove.error && <FormRefusal error={remove.error} />}
      </Dialog>
    </>
  )
}
