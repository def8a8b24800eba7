'use client'
import { useState } from 'react'
import { FormRefusal } from '@/components/forms/form-refusal'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { CloudAccount, CloudMonth } from '@/lib/contracts/cloud-footprints'
import { MonthChecks } from './month-checks'
import { useStatements } from './use-footprints'

/** Lines that count no more: a revision says why, and the earlier ones stay as evidence. */
export function WithdrawDialog({
  org,
  account,
  months,
  chosen: initial,
  onClose,
}: {
  org: string
  account: CloudAccount
  months: readonly CloudMonth[]
  chosen: readonly string[]
  onClose: () => void
}) {
  const [chosen, setChosen] = useState([...initial])
  const [reason, setReason] = useState(initial.length > 0 ? 'Telemetry of these months has arrived' : '')
  const withdraw = useStatements(org, account)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Withdraw stated months"
      description="The activity line counts no more; a revision keeps the reason."
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            tone="danger"
            disabled={chosen.length === 0 || reason.trim() === '' || withdraw.isPending}
            onClick={() => withdraw.mutate({ months: chosen, reason: reason.trim() }, { onSuccess: onClose })}
          >
            {withdraw.isPending
              ? 'Withdrawing'
              : `Withdraw ${chosen.length} ${chosen.length === 1 ? 'month' : 'months'}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <MonthChecks
          months={months}
          chosen={chosen}
          onChange={setChosen}
          figureOf={(month) => month.statement.posted_kg}
        />
        <Field
          label="Why"
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.currentTarget.value)}
          help="Kept with the line"
        />
        {withdraw.error && <FormRefusal error={withdraw.error} />}
      </div>
    </Dialog>
  )
}
