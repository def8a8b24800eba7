import { ACTIVITY_SCOPES, type ActivityFields, type ActivityKind } from '@/lib/contracts/activity-lines'
import { numberOf, textOfNumber } from './number-text'

/** The form as people type it. */
export interface ActivityDraft {
  kind: ActivityKind
  /** By a factor of the library, or as the supplier stated the total. */
  by: 'factor' | 'stated'
  name: string
  site: string
  starts_on: string
  /** The last day, as people say it; the wire has the first day outside. */
  last_on: string
  quantity: string
  unit: string
  factor_id: string
  stated_kg: string
  biogenic_kg: string
  scope: string
  category: string
  u95: string
  supplier: string
  evidence: string
  note: string
}

const shifted = (day: string, days: number): string =>
  day === '' ? '' : new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const EMPTY_ACTIVITY: ActivityDraft = {
  kind: 'fuel',
  by: 'factor',
  name: '',
  site: '',
  starts_on: '',
  last_on: '',
  quantity: '',
  unit: '',
  factor_id: '',
  stated_kg: '',
  biogenic_kg: '',
  scope: '1',
  category: '',
  u95: '',
  supplier: '',
  evidence: '',
  note: '',
}

/** @param fields with the width that a person said, not the factor's own */
export const draftOfActivity = (fields: ActivityFields): ActivityDraft => ({
  kind: fields.kind,
  by: fields.factor_id === null ? 'stated' : 'factor',
  name: fields.name,
  site: fields.site ?? '',
  starts_on: fields.starts_on,
  last_on: shifted(fields.ends_on, -1),
  quantity: textOfNumber(fields.quantity),
  unit: fields.unit,
  factor_id: fields.factor_id ?? '',
  stated_kg: textOfNumber(fields.stated_kg),
  biogenic_kg: textOfNumber(fields.biogenic_kg),
  scope: String(fields.scope ?? ''),
  category: fields.category === null ? '' : String(fields.category),
  u95: textOfNumber(fields.u95),
  supplier: fields.supplier ?? '',
  evidence: fields.evidence ?? '',
  note: fields.note ?? '',
})

const scopeOf = (draft: ActivityDraft): 1 | 2 | 3 | null =>
  draft.kind !== 'other' ? null : draft.scope === '1' ? 1 : draft.scope === '2' ? 2 : 3

/** Fields to send, or what is still wrong, by field. */
export const fieldsOfActivity = (
  draft: ActivityDraft,
): { fields: ActivityFields; wrong?: undefined } | { wrong: Record<string, string> } => {
  const quantity = numberOf(draft.quantity)
  const stated = numberOf(draft.stated_kg)
  const biogenic = numberOf(draft.biogenic_kg)
  const u95 = numberOf(draft.u95)
  const bad = (value: number | null) => value !== null && Number.isNaN(value)
  const wrong = {
    ...(draft.name.trim() === '' && { name: 'Say what it is.' }),
    ...(draft.starts_on === '' && { starts_on: 'From which day?' }),
    ...(draft.last_on === '' && { last_on: 'To which day?' }),
    ...(draft.last_on !== '' && draft.last_on < draft.starts_on && { last_on: 'Before the first day.' }),
    ...((quantity === null || bad(quantity)) && { quantity: 'How much?' }),
    ...(draft.unit.trim() === '' && { unit: 'In which unit?' }),
    ...(draft.by === 'factor' && draft.factor_id === '' && { factor_id: 'Choose a factor.' }),
    ...(draft.by === 'stated' && (stated === null || bad(stated)) && { stated_kg: 'Kilograms, as stated.' }),
    ...(bad(biogenic) && { biogenic_kg: 'Must be a number, or empty.' }),
    ...(bad(u95) && { u95: 'Must be a number, or empty.' }),
  }
  if (Object.keys(wrong).length > 0) return { wrong }
  const scope = scopeOf(draft)
  const isScope3 = (scope ?? ACTIVITY_SCOPES[draft.kind]?.scope) === 3
  const text = (value: string) => value.trim() || null
  return {
    fields: {
      kind: draft.kind,
      name: draft.name.trim(),
      site: text(draft.site),
      starts_on: draft.starts_on,
      ends_on: shifted(draft.last_on, 1),
      quantity: quantity as number,
      unit: draft.unit.trim(),
      factor_id: draft.by === 'factor' ? draft.factor_id : null,
      stated_kg: draft.by === 'stated' ? stated : null,
      biogenic_kg: biogenic,
      scope,
      category: isScope3 && draft.category !== '' ? Number(draft.category) : null,
      u95,
      supplier: text(draft.supplier),
      evidence: text(draft.evidence),
      note: text(draft.note),
    },
  }
}
