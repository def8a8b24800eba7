import type { ZoneFacts } from '@/lib/accounting/facts'
import { selectIntensity } from '@/lib/accounting/select-intensity'
import type { EstimatePart } from '@/lib/contracts/estimate'
import type { Tx } from '@/lib/db/with-org-sql'
import { cloudRegionNamed } from '@/lib/factors/cloud-region'
import type { FoundFactor } from '@/lib/factors/found-factor'
import { hourlyZonesOf } from '@/lib/factors/hourly-zone'
import { readIntensityHours } from '@/lib/factors/intensity-hours'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { residualOf, residualRowOf } from '@/lib/factors/residual-of'
import { sourceWaterOf, wueOf } from '@/lib/factors/wue-of'
import { loadZoneFacts } from '@/lib/factors/zone-facts'
import { fallbackPue, resolveZone } from '@/lib/grid/zone-of'
import type { HourFacts, Known, PlaceFacts } from '@/lib/planning/estimate-facts'
import { EstimateRefusal } from '@/lib/planning/estimate-refusal'
import { value } from '@/lib/units/quantity'
import { DAY, dayName, dayStart, HOUR, hourStart } from '@/lib/units/time'

/** What the organisation's library knows of the place of a part: PUE, annual intensity, residual mix, water. */
export const placeFacts = async (
  tx: Tx,
  asked: { orgId: string; tables: ReferenceTables; part: EstimatePart; path: string; today: number },
): Promise<PlaceFacts> => {
  const { tables, part, path } = asked
  const region = part.cloud_region === undefined ? null : cloudRegionNamed(tables, part.cloud_region)
  if (part.cloud_region !== undefined && region === null)
    throw new EstimateRefusal(
      `${path}cloud_region`,
      `No cloud region is known as ${part.cloud_region}. ${regionsLike(tables, part.cloud_region)}`,
    )
  const place = resolveZone(tables, { gridZone: part.grid_zone, cloudRegion: part.cloud_region })
  if (part.grid_zone !== undefined && place === null)
    throw new EstimateRefusal(
      `${path}grid_zone`,
      `No grid zone is known as ${part.grid_zone}; a zone is written DE or US-CAL-CISO.`,
    )
  const cloud = region === null ? null : { cloudRegion: part.cloud_region, deployment: 'cloud' as const }
  const fallback = fallbackPue(tables, cloud ?? { deployment: 'owned' })
  const zone = place?.zone ?? null
  const year = Number(dayName(part.start ?? asked.today).slice(0, 4))
  return {
    zone,
    zoneSource: place === null || place.source === 'given' ? null : place.source,
    pue: { value: fallback.pue, tier: fallback.tier, u95: null, source: sourceOf(fallback.factor) },
    intensity: zone === null ? null : await annualIntensity(tx, asked, zone),
    residual: zone === null ? null : known(residualOf(tables, zone, year)),
    residualNote: zone === null ? null : (residualRowOf(tables, zone, year)?.note ?? null),
    wue: cloud === null ? null : known(wueOf(tables, cloud)),
    sourceWue: zone === null ? null : known(sourceWaterOf(tables, zone)),
  }
}

const sourceOf = (factor: { name: string; source: string }): string => `${factor.name} (${factor.source})`

export const known = (found: FoundFactor | null): Known | null =>
  found && {
    value: found.value,
    tier: found.tier,
    u95: found.u95,
    source: `${sourceOf(found.factor)}${found.isRecalled ? ', recalled: not confirmed at its publisher' : ''}`,
  }

/** Regions whose name or place shares a word with what was asked, and some others where none does. */
const regionsLike = (tables: ReferenceTables, asked: string): string => {
  const all = [...tables.cloudRegions.keys()]
  const words = asked
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
  const shared = (text: string) => words.filter((word) => text.toLowerCase().includes(word)).length
  const like = all
    .map((region) => ({ region, words: shared(`${region} ${tables.cloudRegions.get(region)?.location ?? ''}`) }))
    .filter((each) => each.words > 0)
    .sort((one, other) => other.words - one.words)
    .map(({ region }) => region)
  return `Known: ${(like.length > 0 ? like : all).slice(0, 8).join(', ')} …`
}

const NO_HOURS = Array.from({ length: 24 }, () => null)

/** Without a start no hour is asked for: the annual factor of the zone nearest to this year. */
const annualIntensity = async (
  tx: Tx,
  { orgId, tables, today }: { orgId: string; tables: ReferenceTables; today: number },
  zone: string,
): Promise<PlaceFacts['intensity']> => {
  const facts = await zoneFacts(tx, orgId, tables, zone, today)
  const annual: ZoneFacts = { ...facts, hourlyDirect: NO_HOURS, hourlyLifecycle: NO_HOURS, profile: null }
  const [cell] = selectIntensity({ declaredGPerKwh: null, zone }, annual, dayStart(today)).cells
  return cell
    ? {
        value: value(cell.gPerKwh),
        tier: cell.tier,
        u95: null,
        source: sourceOf(cell.factor),
        screening: cell.screening,
      }
    : null
}

const zoneFacts = async (
  tx: Tx,
  orgId: string,
  tables: ReferenceTables,
  zone: string,
  at: number,
): Promise<ZoneFacts> => {
  const [facts] = await loadZoneFacts(tx, { orgId, day: dayName(at), zones: [zone], waitForImports: false, tables })
  return facts as ZoneFacts
}

/** The longest job whose real hours are looked up. */
export const LONGEST_HOURS = 3 * 366 * 24

/** The grid from `start` on, hour by hour, for energy that is spread evenly over the time. */
export const hourFacts = async (
  tx: Tx,
  asked: { orgId: string; tables: ReferenceTables; zone: string; start: number; elapsedHours: number },
): Promise<HourFacts[]> => {
  const { orgId, tables, zone, start, elapsedHours } = asked
  const end = start + elapsedHours * HOUR
  const first = hourStart(start)
  const last = Math.max(end, start + 1)
  const standing = await zoneFacts(tx, orgId, tables, zone, start)
  const zones = hourlyZonesOf(tables, zone)
  const series = await readIntensityHours(tx, { orgId, zones, bases: ['direct', 'lifecycle'], from: first, to: last })
  const hours: HourFacts[] = []
  for (let day = dayStart(first); day < last; day += DAY) {
    const at = (basis: 'direct' | 'lifecycle') =>
      Array.from({ length: 24 }, (_, hour) => {
        const found = zones.map((each) => series.at(each, basis, day + hour * HOUR)).find((each) => each !== null)
        return found ?? null
      })
    const facts: ZoneFacts = { ...standing, hourlyDirect: at('direct'), hourlyLifecycle: at('lifecycle') }
    const { cells } = selectIntensity({ declaredGPerKwh: null, zone }, facts, day)
    cells.forEach((cell, hour) => {
      const from = day + hour * HOUR
      const within = Math.min(end, from + HOUR) - Math.max(start, from)
      if (within <= 0 && !(elapsedHours === 0 && from === first)) return
      hours.push({
        share: elapsedHours === 0 ? 1 : within / (end - start),
        intensity: cell && {
          value: value(cell.gPerKwh),
          tier: cell.tier,
          u95: null,
          source: sourceOf(cell.factor),
          screening: cell.screening,
        },
      })
    })
  }
  return hours
}
