import type { Tx } from '@/lib/db/with-org-sql'
import { type ReferenceTables, resolveZone } from '@/lib/grid/zone-of'
import { type AttributionRow, attributionIdOf, writeAttributions } from '@/lib/ledger/attributions'
import { idsOfNames } from '@/lib/registry/names'
import { runsOfNames } from '@/lib/registry/runs'
import { type SiteRow, sitesOfNames } from '@/lib/registry/sites'
import type { Context } from './reading'

export interface ResolvedContext {
  attributionId: string
  /** By which batches name the attribution; null for one that an earlier version wrote without. */
  attributionNumber: number | null
  siteId: string | null
  workloadId: string | null
  attribution: AttributionRow
}

const present = <T>(values: (T | null)[]): Set<T> => new Set(values.filter((value): value is T => value !== null))

/**
 * Contexts as senders say them → attributions in the books. New teams, models, runs, services and sites become rows; the zone is
 * found from what was given (zone, cloud region, country), else from the site.
 */
export const resolveContexts = async (
  tx: Tx,
  orgId: string,
  tables: ReferenceTables,
  contexts: Context[],
): Promise<Map<Context, ResolvedContext>> => {
  const zones = new Map(
    contexts.map((context) => [
      context,
      resolveZone(tables, { gridZone: context.gridZone, cloudRegion: context.cloudRegion, country: context.country }),
    ]),
  )
  const teams = await idsOfNames(tx, orgId, 'team', present(contexts.map((context) => context.team)))
  const models = await idsOfNames(tx, orgId, 'model', present(contexts.map((context) => context.model)))
  const services = await idsOfNames(tx, orgId, 'service', present(contexts.map((context) => context.service)))
  const said = new Map<string, { zone: string | null; deployment: string | null; cloudRegion: string | null }>()
  for (const context of contexts) {
    if (context.site === null || said.has(context.site)) continue
    said.set(context.site, {
      zone: zones.get(context)?.zone ?? null,
      deployment: context.deployment,
      cloudRegion: context.cloudRegion,
    })
  }
  const sites = await sitesOfNames(tx, orgId, said)
  const id = (map: Map<string, string>, name: string | null) => (name === null ? null : (map.get(name) ?? null))
  const runs = await runsOfNames(
    tx,
    orgId,
    new Map(
      contexts.flatMap((context) =>
        context.run === null
          ? []
          : [
              [
                context.run,
                {
                  teamId: id(teams, context.team),
                  modelId: id(models, context.model),
                  stage: context.stage,
                  hardware: context.hardware,
                  hardwareCount: context.hardwareCount,
                },
              ] as const,
            ],
      ),
    ),
  )

  const found = new Map<Context, Omit<ResolvedContext, 'attributionNumber'>>()
  const rows = new Map<string, AttributionRow>()
  for (const context of contexts) {
    const site = context.site === null ? undefined : sites.get(context.site)
    const attribution: AttributionRow = {
      runId: id(runs, context.run),
      serviceId: id(services, context.service),
      teamId: id(teams, context.team),
      modelId: id(models, context.model),
      stage: context.stage,
      siteId: site?.siteId ?? null,
      ...placeOf(context, zones.get(context) ?? null, site),
      declaredPue: context.pue,
      declaredGPerKwh: context.gPerKwh,
      hardware: context.hardware,
      hardwareCount: context.hardwareCount,
    }
    const attributionId = attributionIdOf(orgId, attribution)
    rows.set(attributionId, attribution)
    found.set(context, {
      attributionId,
      siteId: attribution.siteId,
      workloadId: attribution.runId ?? attribution.serviceId,
      attribution,
    })
  }
  const numbers = await writeAttributions(tx, orgId, rows)
  return new Map(
    [...found].map(([context, one]) => [
      context,
      { ...one, attributionNumber: numbers.get(one.attributionId) ?? null },
    ]),
  )
}

const placeOf = (context: Context, given: { zone: string; source: string } | null, site: SiteRow | undefined) => ({
  zone: given?.zone ?? site?.zone ?? null,
  zoneSource: given?.source ?? (site?.zone ? 'site' : null),
  cloudRegion: context.cloudRegion ?? site?.cloudRegion ?? null,
  deployment: context.deployment ?? site?.deployment ?? (context.cloudRegion ? 'cloud' : 'owned'),
})
