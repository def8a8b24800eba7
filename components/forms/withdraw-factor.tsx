'use client'
import { useState } from 'react'
import { useWithdrawFactor } from '../hooks/use-factors'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { FormRefusal } from './form-refusal'

export interface WithdrawFactorProps {
  org: string
  factor: string
  /** What counts then, in words. */
  then: string
}

export function WithdrawFactor({ org, factor, then }: WithdrawFactorProps) {
  const withdraw = useWithdrawFactor(org, factor)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Withdraw</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Withdraw this factor"
        description={`${then} Its versions are kept, and days that rest on it are posted again.`}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              tone="danger"
              disabled={withdraw.isPending}
              onClick={() => withdraw.mutate(undefined, { onSuccess: () => setOpen(false) })}
            >
              {withdraw.isPending ? 'Withdrawing' : 'Withdraw'}
            </Button>
          </>
        }
      >
        {withdraw.error && <FormRefusal error={withdraw.error} />}
      </Dialog>
    </>
  )
}
