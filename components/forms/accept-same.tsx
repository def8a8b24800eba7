'use client'
import { formatCount } from '@/lib/units/format'
import { useAcceptFactors } from '../hooks/use-factors'
import { Button } from '../ui/button'
import { FormRefusal } from './form-refusal'

export interface AcceptSameProps {
  org: string
  factors: { id: string; version: number }[]
}

/** Updates of words alone (a licence, a GWP set) are taken together; a changed number is looked at one by one. */
export function AcceptSame({ org, factors }: AcceptSameProps) {
  const accept = useAcceptFactors(org)
  return (
    <>
      <Button size={26} disabled={accept.isPending} onClick={() => accept.mutate(factors)}>
        {accept.isPending ? 'Accepting' : `Accept the ${formatCount(factors.length)} with the same number`}
      </Button>
      {accept.error && <FormRefusal error={accept.error} />}
    </>
  )
}
