import type { GridBasis, IntensityImportAnswer } from '@/lib/contracts/grid'
import { appPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { type Author, writeAuditEvent } from '@/lib/ledger/audit'
import { importIntensity } from './import-intensity'
import { parseIntensityFile } from './intensity-file'
import { referenceTables, resolveZone } from './zone-of'

/**
 * POST /api/v1/grid/intensity: a file of grid intensity becomes the organisation's own, all of it or nothing.
 * @throws AppError malformed_body (not UTF-8), invalid_input with the lines that are wrong
 */
export const importIntensityFile = async (
  orgId: string,
  by: Author,
  { zone: asked, basis, bytes }: { zone: string; basis: GridBasis; bytes: Buffer },
): Promise<IntensityImportAnswer> => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AppError('malformed_body', 'The file is not UTF-8 text.', { cause: error })
  }
  const pool = appPool()
  const zone = resolveZone(await referenceTables(pool), { gridZone: asked })?.zone
  if (!zone) {
    throw new AppError('invalid_input', `${asked} is not a grid zone.`, {
      issues: [{ path: 'zone', message: 'must be a grid zone such as DE or US-CAL-CISO' }],
    })
  }
  const parsed = parseIntensityFile(text, { zone, basis })
  if (!parsed.ok) {
    throw new AppError('invalid_input', 'The file was not imported: some lines are not as they should be.', {
      issues: parsed.issues.slice(0, 20),
    })
  }
  return withOrgSql(pool, orgId, async (tx) => {
    const { hours, revision, estimated, gaps, openedDays } = await importIntensity(tx, {
      orgId,
      zone,
      basis,
      hours: parsed.hours,
      source: parsed.source,
      retrievedAt: new Date(),
    })
    await writeAuditEvent(tx, orgId, by, {
      action: 'grid_intensity.import',
      objectKind: 'grid_intensity',
      objectId: `${zone}:${basis}`,
      detail: { revision, hours, estimated, gaps, opened_days: openedDays.length },
    })
    return { zone, basis, hours, revision, estimated, gaps }
  })
}
