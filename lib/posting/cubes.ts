import type { FacilityDraft } from '@/lib/accounting/entries'
import type { Tx } from '@/lib/db/with-org-sql'

/** Vectors of an entry that may be unknown: column of the cube ← cell of the entry. */
const VECTORS = ['market_mg', 'loss_mg', 'upstream_mg', 'embodied_mg', 'water_ul', 'source_water_ul'] as const

/** location_mg by each tier apart: what an interval is made of. */
const TIER_COLUMNS = ['energy', 'overhead', 'intensity'].flatMap((kind) =>
  [1, 2, 3, 4, 5].map((tier) => ({ column: `${kind}${tier}_mg`, kind, tier })),
)
const WORST_TIERS = [1, 2, 3, 4, 5].map((tier) => ({ column: `tier${tier}_mg`, tier }))

const names = (columns: { column: string }[]): string => columns.map(({ column }) => column).join(', ')

const MEASURES = `it_uwh, facility_uwh, location_mg, screening_mg, ${names(WORST_TIERS)}, ${VECTORS.join(', ')},
  market_fallback_mg, ${names(TIER_COLUMNS)}, known_hours, gap_hours, covered_ms, elapsed_ms, entries, provisional`

const where = (condition: string): string => `coalesce(sum(c.mg) filter (where ${condition}), 0)`

/**
 * emission_day of one organisation and UTC day, from its current entries. One row per combination of the cube's dimensions. A vector that
 * no entry knows is null. The part of market_mg on life-cycle averages is least(screening_mg, market_fallback_mg) of a row here:
 * one place and day has one market rate.
 */
export const writeEmissionDay = async (tx: Tx, orgId: string, day: string): Promise<void> => {
  await tx.query('delete from emission_day where org_id = $1 and day = $2', [orgId, day])
  await tx.query({
    name: 'posting.emission_day',
    text: `/* posting.emission_day */
     insert into emission_day (org_id, day, team_id, model_id, stage, site_id, zone, deployment, ${MEASURES})
     select e.org_id, e.day, a.team_id, a.model_id, a.stage, a.site_id, a.zone, a.deployment,
       sum(c.it), sum(c.facility), sum(c.mg), ${where('c.screening')},
       ${WORST_TIERS.map(({ tier }) => where(`c.worst = ${tier}`)).join(', ')},
       ${VECTORS.map((column) => `sum(c.${column})`).join(', ')},
       coalesce(sum(c.market_mg) filter (where e.terms #>> '{market,rate}' = 'location'), 0),
       ${TIER_COLUMNS.map(({ kind, tier }) => where(`c.${kind}_tier = ${tier}`)).join(', ')},
       count(c.mg), count(c.gap), sum(c.covered), sum(c.elapsed), count(distinct e.entry_id), bool_or(e.status = 'provisional')
     from entry e
     join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
     cross join lateral (
       select u.*, greatest(u.energy_tier, u.overhead_tier, u.intensity_tier) as worst
       from unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.covered_ms, e.elapsed_ms,
         e.energy_tier, e.overhead_tier, e.intensity_tier, ${VECTORS.map((column) => `e.${column}`).join(', ')})
         as u(it, facility, mg, screening, gap, covered, elapsed, energy_tier, overhead_tier, intensity_tier, ${VECTORS.join(', ')})
     ) c
     where e.org_id = $1 and e.day = $2 and e.is_current
     group by e.org_id, e.day, a.team_id, a.model_id, a.stage, a.site_id, a.zone, a.deployment`,
    values: [orgId, day],
  })
}

const SUMMED = MEASURES.split(/,\s*/).filter((column) => column !== 'provisional')

/** emission_month of the month that holds the day, from emission_day. The month is locked: days of it are posted side by side. */
export const writeEmissionMonth = async (tx: Tx, orgId: string, day: string): Promise<void> => {
  const month = `${day.slice(0, 7)}-01`
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' month ' || $2, 2))", [orgId, month])
  await tx.query('delete from emission_month where org_id = $1 and month = $2', [orgId, month])
  await tx.query({
    name: 'posting.emission_month',
    text: `/* posting.emission_month */
     insert into emission_month (org_id, month, team_id, model_id, stage, site_id, zone, deployment, ${SUMMED.join(', ')}, provisional)
     select org_id, $2::date, team_id, model_id, stage, site_id, zone, deployment,
       ${SUMMED.map((column) => `sum(${column})`).join(', ')}, bool_or(provisional)
     from emission_day
     where org_id = $1 and day >= $2::date and day < $2::date + interval '1 month'
     group by org_id, team_id, model_id, stage, site_id, zone, deployment`,
    values: [orgId, month],
  })
}

export const writeFacilityDay = async (
  tx: Tx,
  orgId: string,
  day: string,
  provisional: boolean,
  facilities: FacilityDraft[],
): Promise<void> => {
  await tx.query('delete from facility_day where org_id = $1 and day = $2', [orgId, day])
  for (const facility of facilities) {
    await tx.query(
      `insert into facility_day (org_id, site_id, day, zone, it_uwh, facility_uwh, cue_mg, cue_it_uwh, it_basis, paired_hours,
         facility_hours, provisional)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        orgId,
        facility.siteId,
        day,
        facility.zone,
        facility.itUwh,
        facility.facilityUwh,
        facility.cueMg,
        facility.cueItUwh,
        facility.itBasis,
        facility.pairedHours,
        facility.facilityHours,
        provisional,
      ],
    )
  }
}
