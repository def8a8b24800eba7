'use client'
import { Refusal } from '@/components/forms/call-api'
import { ErrorPanel } from '@/components/states/error-panel'
import type { SourcesAnswer } from '@/lib/contracts/sources'
import { formatInstant } from '@/lib/units/format'
import { SourceBlock } from './source-block'
import { useSources } from './use-sources'

/** The sources as they are now; asks again every ten seconds and keeps the last good answer. */
export function SourceBoard({ org, initial }: { org: string; initial: SourcesAnswer }) {
  const { data, error, refetch } = useSources(org, initial)
  return (
    <>
      {error && (
        <div className="col-span-full">
          <ErrorPanel
            words="The sources could not be read again."
            detail={`Shown as of ${formatInstant(data.now)} UTC. ${error.message}`}
            requestId={error instanceof Refusal ? (error.requestId ?? undefined) : undefined}
            onRetry={() => void refetch()}
          />
        </div>
      )}
      {data.sources.map((source) => (
        <SourceBlock key={`${source.protocol} ${source.name}`} source={source} now={data.now} />
      ))}
    </>
  )
}
