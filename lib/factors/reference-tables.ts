import type pg from 'pg'
import type { FactorReference } from '@/lib/accounting/facts'
import type { FactorBasis, FactorKind, GwpSet } from './factor-kinds'
import type { Attributes, GasesKg } from './factor-row'
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
  kind: FactorKind
  zone: string | null
  countryIso3: string | null
  level: string
  subject: string | null
  year: number | null
  /** In `unit`; null is unknown. */
  value: number | null
  profile: number[][] | null
  unit: string
  basis: FactorBasis | null
  gwpSet: GwpSet | null
  /** As the source states it; u95Of (factor-kinds) adds ours. */
  u95: number | null
  gasesKg: GasesKg | null
  attributes: Attributes | null
  /** verified, verified-secondary, partly-verified, derived, proxy, recalled, not-found … */
  status: string
  note: string | null
  /** The organisation's own, not shipped. */
  isOwn: boolean
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
  /** By factor id; the version in force, withdrawn ones left out. An organisation's override also stands under the id it overrides. */
  factors: Map<string, StoredFactor>
  /** Those chosen by zone; alternatives left out. */
  factorsByZone: Map<string, StoredFactor[]>
  /** All of a kind, alternatives too. */
  factorsByKind: Map<FactorKind, StoredFactor[]>
}

type Db = Pick<pg.Pool, 'query'>

/** A factor's version as the tables hold it. */
export interface FactorRecord {
  id: string
  kind: FactorKind
  name: string
  zone: string | null
  countryIso3?: string | null
  level: string
  subject?: string | null
  version: number
  year: number | null
  value: number | null
  profile: number[][] | null
  unit: string
  basis: FactorBasis | null
  gwpSet?: GwpSet | null
  u95?: number | null
  gasesKg?: GasesKg | null
  attributes?: Attributes | null
  source: string
  status: string
  note: string | null
}

/** The columns of a FactorRecord, of `factor f` and `factor_version v`. */
export const FACTOR_COLUMNS = `f.factor_id as id, f.kind, f.name, f.zone, f.country_iso3 as "countryIso3", f.level, f.subject, v.version,
  v.year, v.value, v.profile, v.unit, v.basis, v.gwp_set as "gwpSet", v.u95, v.gases_kg as "gasesKg", v.attributes, v.source,
  v.status, v.note`

export interface ReferenceRecords {
  zones: KnownZone[]
  aliases: { kind: 'country' | 'egrid'; alias: string; zone: string }[]
  cloudRegions: CloudRegion[]
  /** The newest version of each factor. */
  factors: FactorRecord[]
}

/** Rows of the tables, indexed for the questions that are asked of them. PURE. */
export const indexReference = (records: ReferenceRecords): ReferenceTables => {
  const stored = records.factors.filter((row) => row.status !== 'withdrawn').map((row) => storedFactor(row))
  return {
    zones: new Map(records.zones.map((row) => [row.zone.toUpperCase(), row])),
    countryAliases: aliasesOf(records.aliases, 'country'),
    egridAliases: aliasesOf(records.aliases, 'egrid'),
    cloudRegions: new Map(records.cloudRegions.map((row) => [`${row.provider}:${row.region}`.toLowerCase(), row])),
    ...indexFactors(stored),
  }
}

/** PURE. `byId` may name more than the rows do: what overrides a factor stands under its id too. */
export const indexFactors = (
  rows: StoredFactor[],
  byId: Map<string, StoredFactor> = new Map(rows.map((row) => [row.factor.id, row])),
): Pick<ReferenceTables, 'factors' | 'factorsByZone' | 'factorsByKind'> => ({
  factors: byId,
  factorsByZone: groupedBy(
    rows.filter((row) => row.level !== 'alternative'),
    (row) => row.zone,
  ),
  factorsByKind: groupedBy(rows, (row) => row.kind),
})

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
     select distinct on (f.factor_id) ${FACTOR_COLUMNS}
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

const groupedBy = <Key>(rows: StoredFactor[], keyOf: (row: StoredFactor) => Key | null): Map<Key, StoredFactor[]> => {
  const groups = new Map<Key, StoredFactor[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

export const storedFactor = (row: FactorRecord, isOwn = false): StoredFactor => ({
  kind: row.kind,
  zone: row.zone,
  countryIso3: row.countryIso3 ?? null,
  level: row.level,
  subject: row.subject ?? null,
  year: row.year,
  value: row.value,
  profile: row.profile,
  unit: row.unit,
  basis: row.basis,
  gwpSet: row.gwpSet ?? null,
  u95: row.u95 ?? null,
  gasesKg: row.gasesKg ?? null,
  attributes: row.attributes ?? null,
  status: row.status,
  note: row.note,
  isOwn,
  factor: {
    id: row.id,
    version: row.version,
    name: row.name,
    source: row.source,
    // An entry names the basis of a grid intensity and of nothing else.
    basis: row.basis === 'direct' || row.basis === 'lifecycle' ? row.basis : null,
  },
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
