import { DEFAULT_SETTINGS, type Settings, type UncertaintyWidths } from '@/lib/contracts/settings'
import type { OrgTx } from '@/lib/db/with-org'
import type { Tx } from '@/lib/db/with-org-sql'

/** An organisation's settings, with when they were last changed; null until somebody has. */
export interface SettingsRow extends Settings {
  updatedAt: string | null
}

interface StoredSettings extends Omit<Settings, 'cloud_category'> {
  cloud_category: number
  updated_at: Date
}

const COLUMNS = `consolidation, gwp_set, base_year, recalculation_threshold, target_year, target_reduction, idle_rule, cloud_category,
  software_use_in_category_11, uncertainty, updated_at`

const settingsOfRow = (row: StoredSettings | undefined): SettingsRow => {
  if (row === undefined) return { ...DEFAULT_SETTINGS, updatedAt: null }
  const { updated_at, cloud_category, ...settings } = row
  return { ...settings, cloud_category: cloud_category === 8 ? 8 : 1, updatedAt: updated_at.toISOString() }
}

/** How the organisation reports, in the tenant door of pages and reports; the defaults of METHOD §14 until somebody has decided. */
export const settingsOf = async (tx: OrgTx): Promise<SettingsRow> => {
  const row = await tx.organization_setting.findFirst({ omit: { org_id: true, factors_as_of: true } })
  return settingsOfRow(
    row
      ? ({
          ...row,
          // Both columns are held to these words by a check in the database.
          consolidation: row.consolidation as Settings['consolidation'],
          gwp_set: row.gwp_set as Settings['gwp_set'],
          idle_rule: row.idle_rule as Settings['idle_rule'],
          uncertainty: row.uncertainty as UncertaintyWidths,
        } satisfies StoredSettings)
      : undefined,
  )
}

/** The same in the tenant door of ingest, registry and posting. */
export const settingsOfSql = async (tx: Tx, orgId: string): Promise<SettingsRow> => {
  const { rows } = await tx.query<StoredSettings>(
    `/* settings.of */ select ${COLUMNS} from organization_setting where org_id = $1`,
    [orgId],
  )
  return settingsOfRow(rows[0])
}
