import { z } from 'zod'
import type { EntryTerms } from '@/lib/accounting/entries'
import { deploymentSchema } from '@/lib/contracts/common'
import { Prisma } from '@/lib/generated/prisma/client'

/** One revision of one ledger entry with the names of what it is about. Vectors have 24 cells, one per UTC hour. */

const vector = <Cell extends z.ZodType>(cell: Cell) => z.array(cell.nullable()).length(24)
/** bigint[] comes as text, so that no driver rounds it. */
const exactCells = z
  .array(z.string().nullable())
  .length(24)
  .transform((cells) => cells.map((cell) => (cell === null ? null : BigInt(cell))))
const tierCells = vector(z.number().int())

export const factorReferenceSchema = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  source: z.string(),
  basis: z.string().nullable(),
})
export type UsedFactor = z.infer<typeof factorReferenceSchema>

/** Written by the ledger itself; empty in entries of the earlier method. */
const termsOf = z
  .record(z.string(), z.unknown())
  .transform((terms): Partial<EntryTerms> => terms as Partial<EntryTerms>)

export const ledgerEntryRow = z.object({
  entry_id: z.string(),
  day: z.string(),
  attribution_id: z.string(),
  revision: z.number().int(),
  is_current: z.boolean(),
  unallocated: z.boolean(),
  status: z.enum(['provisional', 'settled']),
  run_id: z.string().nullable(),
  run: z.string().nullable(),
  service_id: z.string().nullable(),
  service: z.string().nullable(),
  team: z.string().nullable(),
  model: z.string().nullable(),
  stage: z.string().nullable(),
  site: z.string().nullable(),
  zone: z.string().nullable(),
  deployment: deploymentSchema,
  hardware: z.string().nullable(),
  hardware_count: z.number().int().nullable(),
  it_uwh: exactCells,
  facility_uwh: exactCells,
  location_mg: exactCells,
  /** Before instruments. */
  market_mg: exactCells,
  loss_mg: exactCells,
  upstream_mg: exactCells,
  embodied_mg: exactCells,
  water_ul: exactCells,
  source_water_ul: exactCells,
  terms: termsOf,
  /** The zone's life-cycle average is taken into Scope 2 for the year. */
  screening_accepted: z.boolean(),
  pue: vector(z.number()),
  g_per_kwh: vector(z.number()),
  energy_tier: tierCells,
  overhead_tier: tierCells,
  intensity_tier: tierCells,
  screening: vector(z.boolean()),
  intensity_factor: vector(z.number().int()),
  overhead_factor: vector(z.number().int()),
  factors: z.array(factorReferenceSchema),
  gap: vector(z.string()),
  covered_ms: z.array(z.number()).length(24),
  elapsed_ms: z.array(z.number()).length(24),
  series_ids: z.array(z.string()),
  method_version: z.string(),
  input_sha256: z.string(),
  posted_at: z.string(),
})
export type LedgerEntry = z.infer<typeof ledgerEntryRow>

export const LEDGER_ENTRY_COLUMNS = Prisma.sql`
  e.entry_id::text as entry_id, to_char(e.day, 'YYYY-MM-DD') as day, e.attribution_id::text as attribution_id, e.revision,
  e.is_current, e.unallocated, e.status,
  a.run_id::text as run_id, r.name as run, a.service_id::text as service_id, s.name as service, t.name as team, m.name as model,
  a.stage, p.slug as site, a.zone, a.deployment, a.hardware, a.hardware_count,
  to_json(e.it_uwh::text[]) as it_uwh, to_json(e.facility_uwh::text[]) as facility_uwh, to_json(e.location_mg::text[]) as location_mg,
  to_json(e.market_mg::text[]) as market_mg, to_json(e.loss_mg::text[]) as loss_mg, to_json(e.upstream_mg::text[]) as upstream_mg,
  to_json(e.embodied_mg::text[]) as embodied_mg, to_json(e.water_ul::text[]) as water_ul,
  to_json(e.source_water_ul::text[]) as source_water_ul, e.terms,
  exists (select 1 from screening_acceptance x where x.org_id = e.org_id and x.zone = a.zone
    and x.year = extract(year from e.day)::int) as screening_accepted,
  to_json(e.pue) as pue, to_json(e.g_per_kwh) as g_per_kwh, to_json(e.energy_tier) as energy_tier,
  to_json(e.overhead_tier) as overhead_tier, to_json(e.intensity_tier) as intensity_tier, to_json(e.screening) as screening,
  to_json(e.intensity_factor) as intensity_factor, to_json(e.overhead_factor) as overhead_factor, e.factors,
  to_json(e.gap) as gap, to_json(e.covered_ms) as covered_ms, to_json(e.elapsed_ms) as elapsed_ms,
  to_json(e.series_ids::text[]) as series_ids, e.method_version, encode(e.input_sha256, 'hex') as input_sha256,
  to_char(e.posted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as posted_at`

export const LEDGER_ENTRY_TABLES = Prisma.sql`
  entry e
  join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
  left join run r on r.org_id = e.org_id and r.run_id = a.run_id
  left join service s on s.org_id = e.org_id and s.service_id = a.service_id
  left join team t on t.org_id = e.org_id and t.team_id = a.team_id
  left join model m on m.org_id = e.org_id and m.model_id = a.model_id
  left join site p on p.org_id = e.org_id and p.site_id = a.site_id`
