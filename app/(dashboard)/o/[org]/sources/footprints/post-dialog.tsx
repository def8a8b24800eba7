'use client'
import { useState } from 'react'
import { FormRefusal } from '@/components/forms/form-refusal'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { CloudAccount, CloudMonth } from '@/lib/contracts/cloud-footprints'
import { MonthChecks } from './month-checks'
import { useStatements } from './use-footprints'

/** What would stand in Scope 3, seen before it does. */
export function PostDialog({
  org,
  account,
  months,
  onClose,
}: {
  org: string
  account: CloudAccount
  months: readonly CloudMonth[]
  onClose: () => void
}) {
  const [chosen, setChosen] = useState(months.map((one) => one.month))
  const post = useStatements(org, account)
  const refused = post.data?.lines.filter((line) => line.outcome === 'refused') ?? []
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Count as the provider states it"
      description="Each month becomes one activity line of Scope 3, cloud computing: the location-based total as stated. Only months that no telemetry covers; should telemetry arrive later, the line is shown here to be withdrawn."
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {refused.length > 0 ? 'Close' : 'Cancel'}
          </Button>
          <Button
            tone="primary"
            disabled={chosen.length === 0 || post.isPending}
            onClick={() =>
              post.mutate(
                { months: chosen, dryRun: false },
                { onSuccess: (answer) => answer.lines.every((line) => line.outcome !== 'refused') && onClose() },
              )
            }
          >
            {post.isPending ? 'Counting' : `Count ${chosen.length} ${chosen.length === 1 ? 'month' : 'months'}`}
          </Button>
        </>
      }
    >
      <MonthChecks months={months} chosen={chosen} onChange={setChosen} figureOf={(month) => month.statement.kg} />
      <ul role="status" className="mt-2 text-meta text-warn empty:hidden">
        {refused.map((line) => (
          <li key={line.month}>{`${line.month} was not counted. ${line.why}`}</li>
        ))}
      </ul>
      {post.error && <FormRefusal error={post.error} />}
    </Dialog>
  )
}
