import { createHash } from 'node:crypto'
import type { OwnFactorFields } from '@/lib/contracts/factors'
import type { Tx } from '@/lib/db/with-org-sql'
import { wholeSlug } from '@/lib/factors/factor-row'
import type { ReferenceTables, StoredFactor } from '@/lib/factors/reference-tables'

/** An organisation's own factor as it stands: its newest version, withdrawn or not. */
export interface OwnFactor {
  id: string
  version: number
  withdrawn: boolean
  fields: OwnFactorFields
}

interface OwnRow extends Omit<OwnFactorFields, 'status'> {
  factor_id: string
  version: number
  status: string
}

export const ownFactorsOf = async (tx: Tx, orgId: string): Promise<OwnFactor[]> => {
  const { rows } = await tx.query<OwnRow>(
    `/* factors.own_fields */
     select distinct on (f.factor_id) f.factor_id, v.version, f.overrides, f.kind, f.name, f.zone, f.subject, v.year,
       to_char(v.valid_from, 'YYYY-MM-DD') as valid_from, to_char(v.valid_to, 'YYYY-MM-DD') as valid_to, v.value, v.unit, v.basis,
       v.gases, v.gwp_set, v.u95, v.source, v.source_url, v.licence, v.status, v.note
     from factor f join factor_version v using (owner_id, factor_id)
     where f.owner_id = $1
     order by f.factor_id, v.version desc`,
    [orgId],
  )
  return rows.map(({ factor_id: id, version, status, ...fields }) => ({
    id,
    version,
    withdrawn: status === 'withdrawn',
    // Guaranteed by insertVersion, the only writer of an organisation's rows; a withdrawn one keeps no status of its own.
    fields: { ...fields, status: (status === 'withdrawn' ? 'verified' : status) as OwnFactorFields['status'] },
  }))
}

/** `own:` and what it overrides, or its kind and place. */
export const ownFactorId = (fields: OwnFactorFields): string => {
  if (fields.overrides !== null) return `own:${fields.overrides}`
  const place = fields.zone ?? wholeSlug(fields.subject ?? fields.name)
  const more =
    fields.zone !== null && fields.subject !== null && fields.subject !== fields.zone ? [wholeSlug(fields.subject)] : []
  return ['own', fields.kind, place, ...more, ...(fields.year === null ? [] : [fields.year])].join(':')
}

/** A number for a zone is chosen as the library's of that zone is; a whole country's stands for zones that have none. */
const levelOf = (fields: OwnFactorFields, tables: ReferenceTables, overridden: StoredFactor | undefined): string => {
  if (overridden) return overridden.level
  if (fields.zone === null) return 'item'
  const shared = (tables.factorsByZone.get(fields.zone) ?? []).find((row) => row.kind === fields.kind)
  return shared?.level ?? (/-|^egrid:/i.test(fields.zone) ? 'zone' : 'country')
}

export const insertOwnFactor = async (
  tx: Tx,
  orgId: string,
  id: string,
  { fields, tables }: { fields: OwnFactorFields; tables: ReferenceTables },
): Promise<void> => {
  const overridden = fields.overrides === null ? undefined : tables.factors.get(fields.overrides)
  await tx.query(
    `insert into factor (owner_id, factor_id, kind, name, zone, country_iso3, level, subject, overrides)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      orgId,
      id,
      fields.kind,
      fields.name,
      fields.zone ?? overridden?.zone ?? null,
      overridden?.countryIso3 ?? null,
      levelOf(fields, tables, overridden),
      fields.subject ?? overridden?.subject ?? null,
      fields.overrides,
    ],
  )
}

/** A version is only ever added: the database lets nobody change or remove one. */
export const insertVersion = async (
  tx: Tx,
  orgId: string,
  { id, version, by, attributes }: { id: string; version: number; by: string; attributes: StoredFactor['attributes'] },
  fields: OwnFactorFields,
): Promise<void> => {
  const { overrides: _, kind: __, name: ___, zone: ____, subject: _____, ...content } = fields
  await tx.query(
    `insert into factor_version (owner_id, factor_id, version, year, valid_from, valid_to, value, unit, basis, gases, gwp_set, u95, source,
       source_url, licence, status, note, attributes, created_by, sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, decode($20, 'hex'))`,
    [
      orgId,
      id,
      version,
      fields.year,
      fields.valid_from,
      fields.valid_to,
      fields.value,
      fields.unit,
      fields.basis,
      fields.gases,
      fields.gwp_set,
      fields.u95,
      fields.source,
      fields.source_url,
      fields.licence,
      fields.status,
      fields.note,
      attributes === null ? null : JSON.stringify(attributes),
      by,
      createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    ],
  )
}
