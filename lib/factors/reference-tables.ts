import type pg from 'pg'
import type { Basis, FactorReference } from '@/lib/accounting/facts'
import { SHARED_OWNER } from './load-reference'

/** The small shared tables, in memory: what a zone is called, where a cloud region lies, which annual factors there are. */

export interface KnownZone {
  zone: string
  name: string
  countryIso2: string | null
  timeZone: string | null
}

export interface CloudRegion {
  provider: string
  region: string
  location: string | null
  countryIso2: string | null
  zone: string | null
  egridSubregion: string | null
}

export interface StoredFactor {
  kind: 'grid-direct-year' | 'grid-lifecycle-year' | 'grid-profile' | 'pue'
  zone: string | null
  level: string
  year: number | null
  value: number | null
  profile: number[][] | null
  status: string
  factor: FactorReference
}

export interface ReferenceTables {
  /** By zone id in upper case. */
  zones: Map<string, KnownZone>
  /** By alias in upper case. */
  countryAliases: Map<string, string>
  egridAliases: Map<string, string>
  /** By `provider:region` in lower case. */
  cloudRegions: Map<string, CloudRegion>
  /** By factor id; the newest version, withdrawn ones left out. */
  factors: Map<string, StoredFactor>
  /** Those chosen by zone; alternatives left out. */
  factorsByZone: Map<string, StoredFactor[]>
}

type Db = Pick<pg.Pool, 'query'>

export interface FactorRecord {
  id: string
  kind: StoredFactor['kind']
  name: string
  zone: string | null
  level: string
  version: number
  year: number | null
  value: number | null
  profile: number[][] | null
  basis: Basis | null
  source: string
  status: string
}

export interface ReferenceRecords {
  zones: KnownZone[]
  aliases: { kind: 'country' | 'egrid'; alias: string; zone: string }[]
  cloudRegions: CloudRegion[]
  /** The newest version of each factor. */
  factors: FactorRecord[]
}

/** Rows of the tables, indexed for the questions that are asked of them. PURE. */
export const indexReference = (records: ReferenceRecords): ReferenceTables => {
  const stored = records.factors.filter((row) => row.status !== 'withdrawn').map(storedFactor)
  return {
    zones: new Map(records.zones.map((row) => [row.zone.toUpperCase(), row])),
    countryAliases: aliasesOf(records.aliases, 'country'),
    egridAliases: aliasesOf(records.aliases, 'egrid'),
    cloudRegions: new Map(records.cloudRegions.map((row) => [`${row.provider}:${row.region}`.toLowerCase(), row])),
    factors: new Map(stored.map((row) => [row.factor.id, row])),
    factorsByZone: byZone(stored.filter((row) => row.level !== 'alternative')),
  }
}

/** Reads the tables now. Any role and any transaction may: shared rows are open to all. */
export const readReferenceTables = async (db: Db): Promise<ReferenceTables> => {
  // One after another: the caller may be a transaction, which is one connection.
  const zones = await db.query<KnownZone>(
    `/* reference.zones */
     select zone, name, country_iso2 as "countryIso2", time_zone as "timeZone" from zone`,
  )
  const aliases = await db.query<ReferenceRecords['aliases'][number]>(
    '/* reference.aliases */ select kind, alias, zone from zone_alias',
  )
  const regions = await db.query<CloudRegion>(
    `/* reference.cloud_regions */
     select provider, region, location, country_iso2 as "countryIso2", zone, egrid_subregion as "egridSubregion"
     from cloud_region`,
  )
  const factors = await db.query<FactorRecord>(
    `/* reference.factors */
     select distinct on (f.factor_id) f.factor_id as id, f.kind, f.name, f.zone, f.level, v.version, v.year, v.value, v.profile,
       v.basis, v.source, v.status
     from factor f
     join factor_version v using (owner_id, factor_id)
     where f.owner_id = $1
     order by f.factor_id, v.version desc`,
    [SHARED_OWNER],
  )
  return indexReference({ zones: zones.rows, aliases: aliases.rows, cloudRegions: regions.rows, factors: factors.rows })
}

const aliasesOf = (rows: { kind: string; alias: string; zone: string }[], kind: string): Map<string, string> =>
  new Map(rows.filter((row) => row.kind === kind).map((row) => [row.alias.toUpperCase(), row.zone]))

const byZone = (factors: StoredFactor[]): Map<string, StoredFactor[]> => {
  const zones = new Map<string, StoredFactor[]>()
  for (const factor of factors) {
    if (factor.zone !== null) zones.set(factor.zone, [...(zones.get(factor.zone) ?? []), factor])
  }
  return zones
}

const storedFactor = (row: FactorRecord): StoredFactor => ({
  kind: row.kind,
  zone: row.zone,
  level: row.level,
  year: row.year,
  value: row.value,
  profile: row.profile,
  status: row.status,
  factor: { id: row.id, version: row.version, name: row.name, source: row.source, basis: row.basis },
})

const MAX_AGE_MS = 5 * 60_000
let cached: { tables: ReferenceTables; readAtMs: number } | undefined
let reading: Promise<ReferenceTables> | undefined

/**
 * The tables as this process read them at most five minutes ago. Callers that come together wait for one read. Tables that are
 * still empty (before scripts/load-reference.ts) are not kept.
 */
export const loadReferenceTables = async (db: Db): Promise<ReferenceTables> => {
  if (cached && performance.now() - cached.readAtMs < MAX_AGE_MS) return cached.tables
  reading ??= readReferenceTables(db).finally(() => {
    reading = undefined
  })
  const tables = await reading
  if (tables.zones.size > 0) cached = { tables, readAtMs: performance.now() }
  return tables
}

/** The next reader asks the database again: after a load in this process, and between tests. */
export const forgetReferenceTables = (): void => {
  cached = undefined
}
