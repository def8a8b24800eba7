'use client'
import { useState } from 'react'
import { useRemoveInstrument } from '../hooks/use-instruments'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { useNotify } from '../ui/toast'
import { FormRefusal } from './form-refusal'

export interface RemoveInstrumentProps {
  org: string
  instrumentId: string
  name: string
  isRemoved: boolean
}

/** Out of the figures, and back: the row itself is kept. */
export function RemoveInstrument({ org, instrumentId, name, isRemoved }: RemoveInstrumentProps) {
  const { remove, restore } = useRemoveInstrument(org, instrumentId)
  const [isAsking, setIsAsking] = useState(false)
  const notify = useNotify()
  const takeBack = () =>
    restore.mutate(undefined, {
      onSuccess: () => notify({ text: 'In the register again; its months are computed anew.' }),
      onError: (error) => notify({ kind: 'error', text: error.message }),
    })
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
        title="Remove this instrument?"
        description={`“${name}” leaves the market-based figure: the energy that it covers takes the residual mix again. It can be taken back.`}
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
              {remove.isPending ? 'Removing' : 'Remove instrument'}
            </Button>
          </>
        }
      >
        {remove.error && <FormRefusal error={remove.error} />}
      </Dialog>
    </>
  )
}
