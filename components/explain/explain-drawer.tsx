'use client'
import Link from 'next/link'
import { explainUrl } from '@/lib/contracts/explain'
import { Refusal } from '../forms/call-api'
import { useExplain } from '../hooks/use-explain'
import { ErrorPanel } from '../states/error-panel'
import { CopyId } from '../ui/copy-id'
import { Drawer } from '../ui/drawer'
import { Skeleton } from '../ui/skeleton'
import { ExplainSheet } from './explain-sheet'

export interface ExplainDrawerProps {
  org: string
  address: string
  onClose: () => void
}

/** One figure explained beside its page. */
export function ExplainDrawer({ org, address, onClose }: ExplainDrawerProps) {
  const { data, error, refetch, isPending } = useExplain(org, address)
  return (
    <Drawer
      title="Explain this number"
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      foot={
        <>
          <Link href={explainUrl(org, address)}>Open as a page</Link>
          <CopyId id={data?.address ?? address} short="Address" />
          {data && <span className="ml-auto">Method {data.formula.method_versions.join(', ') || 'as published'}</span>}
        </>
      }
    >
      <div aria-busy={isPending} data-explained={data?.address}>
        {isPending && (
          <>
            <Skeleton shape="figure" />
            <div className="mt-6">
              <Skeleton shape="table" />
            </div>
          </>
        )}
        {error && <Refused error={error} retry={() => refetch()} />}
        {data && <ExplainSheet key={data.address} org={org} answer={data} />}
      </div>
    </Drawer>
  )
}

function Refused({ error, retry }: { error: Error; retry: () => void }) {
  const told = error instanceof Refusal ? error : null
  return (
    <ErrorPanel
      words={told?.message ?? 'The explanation could not be read.'}
      detail="The figure on the page is not touched by this."
      requestId={told?.requestId ?? undefined}
      onRetry={retry}
    />
  )
}
