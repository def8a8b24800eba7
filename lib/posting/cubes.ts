import type { FacilityDraft } from '@/lib/accounting/entries'
import type { Tx } from '@/lib/db/with-org-sql'

const MEASURES = `it_uwh, facility_uwh, location_mg, screening_mg, tier1_mg, tier2_mg, tier3_mg, tier4_mg, tier5_mg,
  known_hours, gap_hours, covered_ms, elapsed_ms, entries, provisional`

/** emission_day of one organisation and UTC day, from its current entries. One row per combination of the cube's dimensions. */
export const writeEmissionDay = async (tx: Tx, orgId: string, day: string): Promise<void> => {
  await tx.query('delete from emission_day where org_id = $1 and day = $2', [orgId, day])
  await tx.query(
    `insert into emission_day (org_id, day, team_id, model_id, stage, site_id, zone, deployment, ${MEASURES})
     select e.org_id, e.day, a.team_id, a.model_id, a.stage, a.site_id, a.zone, a.deployment,
       sum(c.it), sum(c.facility), sum(c.mg),
       coalesce(sum(c.mg) filter (where c.screening), 0),
       coalesce(sum(c.mg) filter (where c.worst = 1), 0),
       coalesce(sum(c.mg) filter (where c.worst = 2), 0),
       coalesce(sum(c.mg) filter (where c.worst = 3), 0),
       coalesce(sum(c.mg) filter (where c.worst = 4), 0),
       coalesce(sum(c.mg) filter (where c.worst = 5), 0),
       count(c.mg), count(c.gap), sum(c.covered), sum(c.elapsed), count(distinct e.entry_id), bool_or(e.status = 'provisional')
     from entry e
     join attribution a on a.org_id = e.org_id and a.attribution_id = e.attribution_id
     cross join lateral (
       select u.*, greatest(u.energy_tier, u.overhead_tier, u.intensity_tier) as worst
       from unnest(e.it_uwh, e.facility_uwh, e.location_mg, e.screening, e.gap, e.covered_ms, e.elapsed_ms,
         e.energy_tier, e.overhead_tier, e.intensity_tier)
         as u(it, facility, mg, screening, gap, covered, elapsed, energy_tier, overhead_tier, intensity_tier)
     ) c
     where e.org_id = $1 and e.day = $2 and e.is_current
     group by e.org_id, e.day, a.team_id, a.model_id, a.stage, a.site_id, a.zone, a.deployment`,
    [orgId, day],
  )
}

/** emission_month of the month that holds the day, from emission_day. The month is locked: days of it are posted side by side. */
export const writeEmissionMonth = async (tx: Tx, orgId: string, day: string): Promise<void> => {
  const month = `${day.slice(0, 7)}-01`
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || ' month ' || $2, 2))", [orgId, month])
  await tx.query('delete from emission_month where org_id = $1 and month = $2', [orgId, month])
  await tx.query(
    `insert into emission_month (org_id, month, team_id, model_id, stage, site_id, zone, deployment, ${MEASURES})
     select org_id, $2::date, team_id, model_id, stage, site_id, zone, deployment,
       sum(it_uwh), sum(facility_uwh), sum(location_mg), sum(screening_mg),
       sum(tier1_mg), sum(tier2_mg), sum(tier3_mg), sum(tier4_mg), sum(tier5_mg),
       sum(known_hours), sum(gap_hours), sum(covered_ms), sum(elapsed_ms), sum(entries), bool_or(provisional)
     from emission_day
     where org_id = $1 and day >= $2::date and day < $2::date + interval '1 month'
     group by org_id, team_id, model_id, stage, site_id, zone, deployment`,
    [orgId, month],
  )
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
