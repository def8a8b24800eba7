import type { Tx } from '@/lib/db/with-org-sql'

/** What of a year's ledger rests on a factor, in any of its versions, by the part that it plays. */
export interface FactorUsage {
  lines: number
  days: number
  /** Σ facility energy of hours with it as intensity, µWh; and that mass, mg. */
  intensityUwh: number
  intensityMg: number
  /** The same hours' facility energy where no residual mix is known, so that the market-based rate follows. */
  intensityMarketUwh: number
  /** Σ facility energy × f ÷ (1 − f): losses follow the intensity. */
  intensityLossUwh: number
  /** Mass of hours whose typical hour is scaled to it. */
  scaledMg: number
  /** Overhead: Σ IT energy, and Σ IT energy × intensity (mg at a PUE of 1). */
  overheadItUwh: number
  overheadMg: number
  /** Location-based mass of the hours with it as overhead. */
  overheadLocationMg: number
  marketUwh: number
  marketMg: number
  lossUwh: number
  /** Location-based mass of lines whose losses are a share of it. */
  lossBaseMg: number
  lossMg: number
  upstreamUwh: number
  upstreamMg: number
  waterItUwh: number
  waterUl: number
  sourceWaterUwh: number
  embodiedMg: number
  /** Σ quantity of activities with it as their factor, or as their upstream factor; and their mass. */
  activities: number
  activityQuantity: number
  activityUpstreamQuantity: number
  activityMg: number
}

/**
 * Sums over current entries of [from, to), from the stored vectors alone. Masses are for an estimate and for a share: doubles are exact
 * enough; the books' own sums stay integers.
 */
export const factorUsage = async (
  tx: Tx,
  { orgId, id, from, to }: { orgId: string; id: string; from: string; to: string },
): Promise<FactorUsage> => {
  const { rows } = await tx.query<FactorUsage>(
    `/* factors.usage */
     with line as materialized (
       select e.day, e.it_uwh, e.facility_uwh, e.location_mg, e.market_mg, e.g_per_kwh, e.intensity_factor, e.overhead_factor, e.factors,
         e.terms, e.total_market_mg, e.total_loss_mg, e.total_upstream_mg, e.total_embodied_mg, e.total_water_ul,
         (e.terms -> 'loss' ->> 'fraction')::float8 as loss_share,
         coalesce(e.factors -> (e.terms -> 'market' ->> 'factor')::int ->> 'id' = $2, false) as is_market,
         coalesce(e.factors -> (e.terms -> 'loss' ->> 'factor')::int ->> 'id' = $2, false) as is_loss,
         coalesce(e.factors -> (e.terms -> 'upstream' ->> 'factor')::int ->> 'id' = $2, false) as is_upstream,
         coalesce(e.factors -> (e.terms -> 'water' ->> 'factor')::int ->> 'id' = $2, false) as is_water,
         coalesce(e.factors -> (e.terms -> 'sourceWater' ->> 'factor')::int ->> 'id' = $2, false) as is_source_water,
         coalesce(e.factors -> (e.terms -> 'embodied' ->> 'factor')::int ->> 'id' = $2, false) as is_embodied
       from entry e
       where e.org_id = $1 and e.is_current and e.day >= $3 and e.day < $4
         and (e.factors @> jsonb_build_array(jsonb_build_object('id', $2::text))
           or exists (select 1 from jsonb_array_elements(e.factors) as used
             where used ->> 'name' like '%scaled to ' || replace(replace($2, '\\', '\\\\'), '_', '\\_') || '@%'))
     ),
     cell as materialized (
       select l.loss_share, l.terms -> 'market' ->> 'rate' as rate, l.is_market, l.is_loss, l.is_upstream, l.is_water, l.is_source_water,
         u.it, u.facility, u.mg, u.market, u.g,
         coalesce(l.factors -> u.intensity::int ->> 'id' = $2, false) as is_intensity,
         coalesce(l.factors -> u.intensity::int ->> 'name' like '%scaled to ' || $2 || '@%', false) as is_scaled,
         coalesce(l.factors -> u.overhead::int ->> 'id' = $2, false) as is_overhead
       from line l
       cross join lateral unnest(l.it_uwh, l.facility_uwh, l.location_mg, l.market_mg, l.g_per_kwh, l.intensity_factor, l.overhead_factor)
         as u(it, facility, mg, market, g, intensity, overhead)
     ),
     total as (
       select
         coalesce(sum(facility) filter (where is_intensity and mg is not null), 0)::float8 as "intensityUwh",
         coalesce(sum(mg) filter (where is_intensity), 0)::float8 as "intensityMg",
         coalesce(sum(facility) filter (where is_intensity and rate = 'location' and market is not null), 0)::float8
           as "intensityMarketUwh",
         coalesce(sum(facility * loss_share / (1 - loss_share)) filter (where is_intensity and loss_share < 1), 0)::float8
           as "intensityLossUwh",
         coalesce(sum(mg) filter (where is_scaled), 0)::float8 as "scaledMg",
         coalesce(sum(it) filter (where is_overhead and it is not null), 0)::float8 as "overheadItUwh",
         coalesce(sum(it * g / 1e6) filter (where is_overhead), 0)::float8 as "overheadMg",
         coalesce(sum(mg) filter (where is_overhead), 0)::float8 as "overheadLocationMg",
         coalesce(sum(facility) filter (where is_market and market is not null), 0)::float8 as "marketUwh",
         coalesce(sum(market) filter (where is_market), 0)::float8 as "marketMg",
         coalesce(sum(facility) filter (where is_loss), 0)::float8 as "lossUwh",
         coalesce(sum(mg) filter (where is_loss), 0)::float8 as "lossBaseMg",
         coalesce(sum(facility) filter (where is_upstream), 0)::float8 as "upstreamUwh",
         coalesce(sum(it) filter (where is_water), 0)::float8 as "waterItUwh",
         coalesce(sum(facility) filter (where is_source_water), 0)::float8 as "sourceWaterUwh"
       from cell
     )
     select total.*,
       (select count(*) from line)::int as lines,
       (select count(distinct day) from line)::int as days,
       (select coalesce(sum(total_loss_mg), 0) from line where is_loss)::float8 as "lossMg",
       (select coalesce(sum(total_upstream_mg), 0) from line where is_upstream)::float8 as "upstreamMg",
       (select coalesce(sum(total_water_ul), 0) from line where is_water)::float8 as "waterUl",
       (select coalesce(sum(total_embodied_mg), 0) from line where is_embodied)::float8 as "embodiedMg",
       a.*
     from total, (
       select count(*)::int as activities,
         coalesce(sum(quantity) filter (where factor_id = $2), 0)::float8 as "activityQuantity",
         coalesce(sum(quantity) filter (where upstream_factor_id = $2), 0)::float8 as "activityUpstreamQuantity",
         coalesce(sum(case when factor_id = $2 then mg else upstream_mg end), 0)::float8 as "activityMg"
       from activity
       where org_id = $1 and is_current and not voided and (factor_id = $2 or upstream_factor_id = $2)
         and starts_on >= $3 and starts_on < $4
     ) a`,
    [orgId, id, from, to],
  )
  const usage = rows[0]
  if (!usage) throw new Error('Invariant broken: an aggregate has one row')
  return usage
}

/** Mass of the year that rests on it, kg; the largest of the parts that it plays. */
export const massRestingOn = (usage: FactorUsage): number =>
  Math.max(
    usage.intensityMg,
    usage.scaledMg,
    usage.overheadLocationMg,
    usage.marketMg,
    usage.lossMg,
    usage.upstreamMg,
    usage.embodiedMg,
    usage.activityMg,
  ) / 1e6
