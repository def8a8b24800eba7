import { widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import { type Settings, type SettingsAnswer, type SettingsEditAnswer, settingsSchema } from '@/lib/contracts/settings'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { reviseForGwpSet } from './revise-activities'
import { type SettingsRow, settingsOfSql } from './settings'

const answerOf = ({ updatedAt, ...settings }: SettingsRow): SettingsAnswer => ({ settings, updated_at: updatedAt })

export const readSettings = (orgId: string): Promise<SettingsAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => answerOf(await settingsOfSql(tx, orgId)))

/**
 * PUT /api/v1/settings. Every setting is applied when figures are read, so no day is posted anew; another set of warming potentials
 * revises the activity lines that it bears on. @throws AppError invalid_input (a width of something that is not uncertain)
 */
export const editSettings = (orgId: string, wanted: Settings, by: Author): Promise<SettingsEditAnswer> =>
  withOrgSql(appPool(), orgId, async (tx) => {
    refuseStrangeWidths(wanted)
    await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' settings', 2))", [orgId])
    const { updatedAt: _, ...before } = await settingsOfSql(tx, orgId)
    const changes = changesOf(before, wanted)
    if (changes.length === 0) {
      return { ...answerOf(await settingsOfSql(tx, orgId)), reopened_days: 0, revised_activities: 0 }
    }
    await writeSettings(tx, orgId, wanted)
    const revised = changes.includes('gwp_set') ? await reviseForGwpSet(tx, orgId, wanted.gwp_set, by) : 0
    await writeAuditEvent(tx, orgId, by, {
      action: 'settings.edit',
      objectKind: 'organization_setting',
      objectId: orgId,
      detail: {
        before: Object.fromEntries(changes.map((key) => [key, before[key]])),
        after: Object.fromEntries(changes.map((key) => [key, wanted[key]])),
        revised_activities: revised,
      },
    })
    return { ...answerOf(await settingsOfSql(tx, orgId)), reopened_days: 0, revised_activities: revised }
  })

/** What may be uncertain is the core's to say. */
const refuseStrangeWidths = ({ uncertainty }: Settings): void => {
  try {
    widthsWith(uncertainty)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError('invalid_input', 'The settings were not changed.', {
      issues: [{ path: 'uncertainty', message: error.message }],
    })
  }
}

type SettingName = keyof Settings

/** Compared by value: widths are a small document whose keys may come in any order. */
const changesOf = (before: Settings, after: Settings): SettingName[] =>
  (Object.keys(settingsSchema.shape) as SettingName[]).filter((key) => told(before[key]) !== told(after[key]))

const told = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, one]) => [key, told(one)]),
      )
    : JSON.stringify(value)

const writeSettings = async (tx: Tx, orgId: string, settings: Settings): Promise<void> => {
  await tx.query(
    `insert into organization_setting (org_id, consolidation, gwp_set, base_year, recalculation_threshold, target_year,
       target_reduction, idle_rule, cloud_category, software_use_in_category_11, uncertainty, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now())
     on conflict (org_id) do update set
       consolidation = excluded.consolidation, gwp_set = excluded.gwp_set, base_year = excluded.base_year,
       recalculation_threshold = excluded.recalculation_threshold, target_year = excluded.target_year,
       target_reduction = excluded.target_reduction, idle_rule = excluded.idle_rule, cloud_category = excluded.cloud_category,
       software_use_in_category_11 = excluded.software_use_in_category_11, uncertainty = excluded.uncertainty,
       updated_at = excluded.updated_at`,
    [
      orgId,
      settings.consolidation,
      settings.gwp_set,
      settings.base_year,
      settings.recalculation_threshold,
      settings.target_year,
      settings.target_reduction,
      settings.idle_rule,
      settings.cloud_category,
      settings.software_use_in_category_11,
      JSON.stringify(settings.uncertainty),
    ],
  )
}
