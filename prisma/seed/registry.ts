import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'
import { createApiKey } from '@/lib/registry/api-keys'
import { slugOf } from '@/lib/registry/sites'
import { type Protocol, sourceOf } from '@/lib/registry/sources'
import { PLACES } from './places'
import { SEED } from './progress'

/** What an administrator would have entered: sites with their zone and declared PUE, and keys for the machines. */

export const writeSites = async (tx: Tx, orgId: string): Promise<void> => {
  for (const place of PLACES) {
    if (place.site === null) continue
    await tx.query(
      `insert into site (org_id, site_id, slug, name, zone, deployment, cloud_region, declared_pue, declared_pue_source)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (org_id, slug) do nothing`,
      [
        orgId,
        newId(),
        slugOf(place.site),
        place.name,
        place.zone,
        place.deployment,
        place.cloudRegion,
        place.declaredPue?.pue ?? null,
        place.declaredPue?.source ?? null,
      ],
    )
  }
}

export const GATEWAY_KEY = 'Telemetry gateways'
const KEYS = [
  { name: GATEWAY_KEY, scopes: ['ingest'] },
  { name: 'Reporting warehouse', scopes: ['read'] },
] as const

/** Their secrets are forgotten at once: nobody can send in the demo's name. Gives the key that its telemetry came with. */
export const writeKeys = async (tx: Tx, orgId: string): Promise<string> => {
  const ids = new Map<string, string>()
  for (const { name, scopes } of KEYS) {
    const { rows } = await tx.query<{ key_id: string }>('select key_id from api_key where org_id = $1 and name = $2', [
      orgId,
      name,
    ])
    ids.set(
      name,
      rows[0]?.key_id ??
        (await createApiKey(tx, orgId, { name, scopes: [...scopes], expiresAt: null, by: SEED })).key.key_id,
    )
  }
  return ids.get(GATEWAY_KEY) as string
}

/** A source by its name; the door itself knows one source per protocol so far. */
export const namedSource = async (tx: Tx, orgId: string, protocol: Protocol, name: string): Promise<string> => {
  await tx.query(
    `insert into source (org_id, source_id, protocol, name) values ($1, $2, $3, $4)
     on conflict (org_id, protocol, name) do nothing`,
    [orgId, newId(), protocol, name],
  )
  return sourceOf(tx, orgId, protocol, name as Protocol)
}
