import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { FactorRow } from './factor-row'
import { type ReferenceFiles, readReferenceFiles } from './reference-files'
import { type ReferenceRows, referenceRows } from './reference-rows'

/** Owner of what everyone shares. */
export const SHARED_OWNER = '00000000-0000-0000-0000-000000000000'

export interface LoadedReference {
  zones: number
  aliases: number
  cloudRegions: number
  factors: number
  /** Factor versions written now: new factors, changed ones, and withdrawn ones. */
  newVersions: number
  withdrawn: number
  /** Factors whose name, zone or level differs from what is stored: those are fixed at first loading, so they want a new id. */
  keptDescriptions: string[]
}

/**
 * Loads the shipped reference files as wl_owner, in one transaction of its own. Idempotent: zones, aliases and cloud regions are
 * brought up to date in place; a factor whose content changed gets version n + 1, an unchanged one nothing, and one that is no
 * longer shipped a last version with status `withdrawn`.
 */
export const loadReference = async (
  client: pg.Client | pg.PoolClient,
  files: ReferenceFiles = readReferenceFiles(),
): Promise<LoadedReference> => {
  const rows = referenceRows(files)
  await client.query('begin')
  try {
    await client.query("select pg_advisory_xact_lock(hashtext('load-reference'))")
    await writeLookups(client, rows)
    const factors = await writeFactors(client, rows.factors)
    await client.query('commit')
    return {
      zones: rows.zones.length,
      aliases: rows.aliases.length,
      cloudRegions: rows.cloudRegions.length,
      factors: rows.factors.length,
      ...factors,
    }
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

const writeLookups = async (client: pg.ClientBase, { zones, aliases, cloudRegions }: ReferenceRows): Promise<void> => {
  await client.query(
    `/* reference.zones */
     insert into zone (zone, name, country_iso2, country_iso3, time_zone)
     select r.zone, r.name, r."countryIso2", r."countryIso3", r."timeZone"
     from jsonb_to_recordset($1::jsonb)
       as r(zone text, name text, "countryIso2" text, "countryIso3" text, "timeZone" text)
     on conflict (zone) do update
     set name = excluded.name, country_iso2 = excluded.country_iso2, country_iso3 = excluded.country_iso3,
       time_zone = excluded.time_zone
     where (zone.name, zone.country_iso2, zone.country_iso3, zone.time_zone)
       is distinct from (excluded.name, excluded.country_iso2, excluded.country_iso3, excluded.time_zone)`,
    [JSON.stringify(zones)],
  )
  await client.query(
    `/* reference.zone_aliases */
     insert into zone_alias (kind, alias, zone, source)
     select r.kind, r.alias, r.zone, r.source
     from jsonb_to_recordset($1::jsonb) as r(kind text, alias text, zone text, source text)
     on conflict (kind, alias) do update
     set zone = excluded.zone, source = excluded.source
     where (zone_alias.zone, zone_alias.source) is distinct from (excluded.zone, excluded.source)`,
    [JSON.stringify(aliases)],
  )
  await client.query(
    `/* reference.cloud_regions */
     insert into cloud_region (provider, region, location, country_iso2, zone, egrid_subregion, pue, pue_year, latitude,
       longitude, status, source)
     select r.provider, r.region, r.location, r.country, r.grid_zone_em, r.egrid_subregion, r.pue, r.pue_year, r.lat,
       r.lon, r.status, r.source
     from jsonb_to_recordset($1::jsonb)
       as r(provider text, region text, location text, country text, grid_zone_em text, egrid_subregion text,
         pue double precision, pue_year integer, lat double precision, lon double precision, status text, source text)
     on conflict (provider, region) do update
     set location = excluded.location, country_iso2 = excluded.country_iso2, zone = excluded.zone,
       egrid_subregion = excluded.egrid_subregion, pue = excluded.pue, pue_year = excluded.pue_year,
       latitude = excluded.latitude, longitude = excluded.longitude, status = excluded.status, source = excluded.source
     where cloud_region is distinct from excluded`,
    [JSON.stringify(cloudRegions)],
  )
}

interface StoredFactor {
  factor_id: string
  name: string
  zone: string | null
  level: string | null
  version: number | null
  status: string | null
  sha256: Buffer | null
}

/** What is unknown is left out, so that a column added to the table alone gives no factor a new version. */
const contentOf = (row: FactorRow) => ({
  year: row.year,
  value: row.value,
  profile: row.profile,
  unit: row.unit,
  basis: row.basis,
  gases: row.gases,
  source: row.source,
  sourceUrl: row.sourceUrl,
  licence: row.licence,
  status: row.status,
  note: row.note,
  validFrom: row.validFrom ?? undefined,
  validTo: row.validTo ?? undefined,
  gwpSet: row.gwpSet ?? undefined,
  u95: row.u95 ?? undefined,
  gasesKg: row.gasesKg ?? undefined,
  attributes: row.attributes ?? undefined,
})

/** Of the content alone: two rows that say the same have the same. */
export const hashOf = (row: FactorRow): string =>
  createHash('sha256')
    .update(JSON.stringify(contentOf(row)))
    .digest('hex')

const writeFactors = async (
  client: pg.ClientBase,
  factors: FactorRow[],
): Promise<Pick<LoadedReference, 'newVersions' | 'withdrawn' | 'keptDescriptions'>> => {
  const known = await storedFactors(client)
  const changed = factors.flatMap((row) => {
    const stored = known.get(row.id)
    const hash = hashOf(row)
    return stored?.sha256?.toString('hex') === hash ? [] : [{ ...row, hash, version: (stored?.version ?? 0) + 1 }]
  })
  const shipped = new Set(factors.map((row) => row.id))
  const gone = [...known.values()].filter((row) => !shipped.has(row.factor_id) && row.status !== 'withdrawn')
  await insertFactors(
    client,
    factors.filter((row) => !known.has(row.id)),
  )
  await insertVersions(client, changed)
  await withdraw(
    client,
    gone.map((row) => row.factor_id),
  )
  const kept = factors.filter((row) => {
    const stored = known.get(row.id)
    return stored && (stored.name !== row.name || stored.zone !== row.zone || stored.level !== row.level)
  })
  return {
    newVersions: changed.length + gone.length,
    withdrawn: gone.length,
    keptDescriptions: kept.map((row) => row.id),
  }
}

const storedFactors = async (client: pg.ClientBase): Promise<Map<string, StoredFactor>> => {
  const { rows } = await client.query<StoredFactor>(
    `/* reference.stored_factors */
     select distinct on (f.factor_id) f.factor_id, f.name, f.zone, f.level, v.version, v.status, v.sha256
     from factor f
     left join factor_version v using (owner_id, factor_id)
     where f.owner_id = $1
     order by f.factor_id, v.version desc`,
    [SHARED_OWNER],
  )
  return new Map(rows.map((row) => [row.factor_id, row]))
}

const insertFactors = async (client: pg.ClientBase, factors: FactorRow[]): Promise<void> => {
  await client.query(
    `/* reference.factors */
     insert into factor (owner_id, factor_id, kind, name, zone, country_iso3, level, subject)
     select $1, r.id, r.kind, r.name, r.zone, r."countryIso3", r.level, r.subject
     from jsonb_to_recordset($2::jsonb)
       as r(id text, kind text, name text, zone text, "countryIso3" text, level text, subject text)`,
    [SHARED_OWNER, JSON.stringify(factors)],
  )
}

const insertVersions = async (
  client: pg.ClientBase,
  rows: (FactorRow & { hash: string; version: number })[],
): Promise<void> => {
  await client.query(
    `/* reference.factor_versions */
     insert into factor_version (owner_id, factor_id, version, year, value, profile, unit, basis, gases, source, source_url,
       licence, status, note, sha256, valid_from, valid_to, gwp_set, u95, gases_kg, attributes)
     select $1, r.id, r.version, r.year, r.value, nullif(r.profile, 'null'::jsonb), r.unit, r.basis, r.gases, r.source,
       r."sourceUrl", r.licence, r.status, r.note, decode(r.hash, 'hex'), r."validFrom", r."validTo", r."gwpSet", r.u95,
       nullif(r."gasesKg", 'null'::jsonb), nullif(r.attributes, 'null'::jsonb)
     from jsonb_to_recordset($2::jsonb)
       as r(id text, version integer, year integer, value double precision, profile jsonb, unit text, basis text, gases text,
         source text, "sourceUrl" text, licence text, status text, note text, hash text, "validFrom" date, "validTo" date,
         "gwpSet" text, u95 double precision, "gasesKg" jsonb, attributes jsonb)`,
    [SHARED_OWNER, JSON.stringify(rows)],
  )
}

const withdraw = async (client: pg.ClientBase, factorIds: string[]): Promise<void> => {
  await client.query(
    `/* reference.withdraw */
     insert into factor_version (owner_id, factor_id, version, year, value, profile, unit, basis, gases, source, source_url,
       licence, status, note, sha256, valid_from, valid_to, gwp_set, u95, gases_kg, attributes)
     select distinct on (factor_id) owner_id, factor_id, version + 1, year, value, profile, unit, basis, gases, source,
       source_url, licence, 'withdrawn', note, sha256(sha256 || 'withdrawn'::bytea), valid_from, valid_to, gwp_set, u95, gases_kg,
       attributes
     from factor_version
     where owner_id = $1 and factor_id = any($2)
     order by factor_id, version desc`,
    [SHARED_OWNER, factorIds],
  )
}
