import { type WidthOverrides, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { EstimateAnswer, EstimateRequest } from '@/lib/contracts/estimate'
import { appPool } from '@/lib/db/pool'
import { type Tx, withOrgSql } from '@/lib/db/with-org-sql'
import { AppError } from '@/lib/errors'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { estimate } from '@/lib/planning/estimate'
import { energyOfPart } from '@/lib/planning/estimate-energy'
import type { HourFacts, PartFacts } from '@/lib/planning/estimate-facts'
import { type NamedPart, partsOf } from '@/lib/planning/estimate-parts'
import { EstimateRefusal } from '@/lib/planning/estimate-refusal'
import { settingsOfSql } from '@/lib/registry/settings'
import { HOUR } from '@/lib/units/time'
import { hourFacts, LONGEST_HOURS, placeFacts } from './estimate-facts'
import { hardwareFacts } from './estimate-hardware'

type Widths = ReturnType<typeof widthsWith>

/** POST /api/v1/estimate: the library's answers for what the request leaves open, and the estimate. Stores nothing. */
export const answerEstimate = async (orgId: string, request: EstimateRequest): Promise<EstimateAnswer> => {
  try {
    return await withOrgSql(appPool(), orgId, async (tx) => {
      const tables = await organizationTables(tx, orgId)
      const settings = await settingsOfSql(tx, orgId)
      const widths = widthsWith(settings.uncertainty as WidthOverrides)
      const facts = await factsOf(tx, { orgId, tables, widths, request })
      return estimate(request, facts, widths)
    })
  } catch (error) {
    if (error instanceof EstimateRefusal)
      throw new AppError('invalid_input', error.message, { issues: [{ path: error.path, message: error.message }] })
    throw error
  }
}

/** One after another: a stage without a start of its own begins where the one before it ended. */
const factsOf = async (
  tx: Tx,
  {
    orgId,
    tables,
    widths,
    request,
  }: { orgId: string; tables: ReferenceTables; widths: Widths; request: EstimateRequest },
): Promise<PartFacts[]> => {
  const facts: PartFacts[] = []
  let next = request.start ?? null
  for (const named of partsOf(request)) {
    const hardware = hardwareFacts(tables, named.part, named.path)
    const place = await placeFacts(tx, { orgId, tables, part: named.part, path: named.path, today: next ?? Date.now() })
    const start = named.part.start ?? next
    // With an intensity of its own a part needs no hours of a grid.
    const isOwnGrid = named.part.grid_g_per_kwh !== undefined
    const elapsed =
      start === null
        ? null
        : isOwnGrid
          ? energyOfPart(named.part, hardware.hardware, widths).elapsedHours
          : elapsedOf(named, hardware.hardware, widths)
    next = start === null || elapsed === null ? null : start + elapsed * HOUR
    const hours =
      start === null || elapsed === null || isOwnGrid
        ? null
        : await hoursOf(tx, { orgId, tables, zone: place.zone, start, elapsedHours: elapsed }, named)
    facts.push({ ...hardware, place, hours })
  }
  return facts
}

const elapsedOf = ({ part, path }: NamedPart, hardware: PartFacts['hardware'], widths: Widths): number => {
  const { elapsedHours } = energyOfPart(part, hardware, widths)
  if (elapsedHours === null)
    throw new EstimateRefusal(`${path}start`, 'start needs a length: give hours, or flops whose peak is known.')
  if (elapsedHours > LONGEST_HOURS)
    throw new EstimateRefusal(
      `${path}hours`,
      'With start, a part lasts at most three years; hours are those from begin to end, not device-hours.',
    )
  return elapsedHours
}

const hoursOf = async (
  tx: Tx,
  asked: Omit<Parameters<typeof hourFacts>[1], 'zone'> & { zone: string | null },
  { path }: NamedPart,
): Promise<HourFacts[]> => {
  const { zone } = asked
  if (zone === null)
    throw new EstimateRefusal(`${path}start`, 'start needs a cloud_region or grid_zone whose hours to use.')
  return hourFacts(tx, { ...asked, zone })
}
