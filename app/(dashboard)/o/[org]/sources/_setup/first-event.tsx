'use client'
import { useState } from 'react'
import { LinkButton } from '@/components/ui/link-button'
import { Status } from '@/components/ui/status'
import type { ProtocolName, SourcesAnswer, SourceView } from '@/lib/contracts/sources'
import { formatCount } from '@/lib/units/format'
import { useSources } from '../use-sources'
import { protocolName, reasonWords, refusedOf, sourceName } from '../words'

const EVERY_MS = 2000

/** Since the page was opened: a request that was stored, or one that was refused. */
const eventOf = (sources: readonly SourceView[], protocols: readonly ProtocolName[], opened: SourcesAnswer) => {
  const ours = sources.filter((one) => protocols.includes(one.protocol))
  const stored = ours.find((one) => one.last_received_at !== null && one.last_received_at > opened.now)
  const refusedBefore = (id: string) => {
    const before = opened.sources.find((one) => one.source_id === id)
    return before ? refusedOf(before) : 0
  }
  return { stored, refusing: stored ? undefined : ours.find((one) => refusedOf(one) > refusedBefore(one.source_id)) }
}

/** Waits for the first event of a kind, and says what came of it. */
export function FirstEvent({
  org,
  initial,
  protocols,
}: {
  org: string
  initial: SourcesAnswer
  protocols: readonly ProtocolName[]
}) {
  // The page may be rendered anew by the server meanwhile; what counts is when it was opened.
  const [opened] = useState(initial)
  const { data, error } = useSources(org, initial, EVERY_MS)
  const { stored, refusing } = eventOf(data.sources, protocols, opened)
  const [reason] = refusing?.rejected ?? []
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {stored ? (
        <>
          <Status tone="verified">{`Received from ${sourceName(stored)}`}</Status>
          <span className="text-meta text-muted">{`${formatCount(stored.readings_24h)} readings in the last 24 hours`}</span>
          <LinkButton href={`/o/${org}/sources/${stored.source_id}/tail`} size={26}>
            Watch them arrive
          </LinkButton>
        </>
      ) : refusing ? (
        <>
          <Status tone="breach">{`${sourceName(refusing)} was heard, and refused`}</Status>
          {reason && (
            <span className="text-meta text-muted">{`The reading ${reasonWords(reason.reason)}: ${formatCount(reason.readings)} on ${reason.day}`}</span>
          )}
          <LinkButton href={`/o/${org}/sources/${refusing.source_id}/rejected`} size={26}>
            See and mend
          </LinkButton>
        </>
      ) : (
        <>
          <Status tone="running">Waiting for the first event</Status>
          <span className="text-meta text-muted">
            {`Listens for ${protocols.map(protocolName).join(' and ')} while this page is open`}
          </span>
        </>
      )}
      {error && <span className="text-meta text-warn">{`Not reached a moment ago: ${error.message}`}</span>}
    </div>
  )
}
