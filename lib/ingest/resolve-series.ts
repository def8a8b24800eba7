import type { Tx } from '@/lib/db/with-org-sql'
import { invariant } from '@/lib/errors'
import type { ReferenceTables } from '@/lib/grid/zone-of'
import { type SeriesIdentity, seriesIdOf, writeSeries } from '@/lib/ledger/series'
import type { Context, IncomingMeter } from './reading'
import { type ResolvedContext, resolveContexts } from './resolve-context'

/** The meter of readings that no device gave: energy activities. */
export const ACTIVITY_METER = 'activity'

/** A meter as the books know it. Numbers are null for rows that an earlier version wrote without. */
export interface ResolvedSeries {
  seriesId: string
  number: number | null
  attributionId: string
  attributionNumber: number | null
}

/** Meters as senders name them → series and attributions in the books, made where they are new. */
export const resolveSeries = async (
  tx: Tx,
  {
    orgId,
    sourceId,
    tables,
    meters,
  }: { orgId: string; sourceId: string; tables: ReferenceTables; meters: IncomingMeter[] },
): Promise<{ resolved: Map<IncomingMeter, ResolvedSeries>; contexts: Map<Context, ResolvedContext> }> => {
  const contexts = await resolveContexts(tx, orgId, tables, [...new Set(meters.map((one) => one.context))])
  const identities = new Map<string, SeriesIdentity>()
  const found = meters.map((meter) => {
    const context = contexts.get(meter.context)
    invariant(context, 'every context of a request is resolved')
    const identity = identityOf(sourceId, meter, context)
    const seriesId = seriesIdOf(orgId, identity)
    identities.set(seriesId, identity)
    return { meter, context, seriesId }
  })
  const numbers = await writeSeries(tx, orgId, identities)
  return {
    contexts,
    resolved: new Map(
      found.map(({ meter, context: { attributionId, attributionNumber }, seriesId }) => [
        meter,
        { seriesId, number: numbers.get(seriesId) ?? null, attributionId, attributionNumber },
      ]),
    ),
  }
}

const identityOf = (
  sourceId: string,
  { meter, kind, unit, boundary, method = 'metered', device, component, preference }: IncomingMeter,
  { siteId, workloadId }: ResolvedContext,
): SeriesIdentity => ({
  sourceId,
  // An activity is told of its run; a meter at a site is one physical thing, whichever run it serves.
  siteId: meter === ACTIVITY_METER ? null : siteId,
  workloadId: meter === ACTIVITY_METER || siteId === null ? workloadId : null,
  ...{ meter, kind, unit, boundary, method, device, component, preference },
})
