import type { Attribution, Deployment, Rated, ZoneTerms } from '@/lib/accounting/facts'
import { type EmbodiedFactor, embodiedOf } from '@/lib/factors/embodied-of'
import type { FoundFactor } from '@/lib/factors/found-factor'
import { hardwareCandidates } from '@/lib/factors/hardware-of'
import { lossOf } from '@/lib/factors/loss-of'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import { residualOf } from '@/lib/factors/residual-of'
import { upstreamOf } from '@/lib/factors/upstream-of'
import { sourceWaterOf, wueOf } from '@/lib/factors/wue-of'

/** Comes in: the factor library. Goes out: what a day's terms rest on, by place and by hardware, in the words of the core. */
export interface TermFactors {
  zoneTermsOf(zone: string, year: number): ZoneTerms
  wueOf(place: { cloudRegion: string | null; deployment: Deployment }): Rated | null
  embodiedOf(hardware: string | null): Attribution['fallbackEmbodied']
}

/** METHOD §4: servers 4 years, where nobody says otherwise. */
const DEFAULT_LIFE_YEARS = 4

const indexed = new WeakMap<ReferenceTables, TermFactors>()

/** Each question is answered once for each reading of the tables: a day asks for the same few zones as the day before it. */
export const termFactorsOf = (tables: ReferenceTables): TermFactors => {
  const found = indexed.get(tables)
  if (found) return found
  const lossesIncludedIn = (tables.factorsByKind.get('grid-direct-year') ?? [])
    .filter((row) => row.attributes?.losses_included === true)
    .map((row) => row.factor.id)
  const made: TermFactors = {
    zoneTermsOf: once((zone: string, year: number) => ({ ...zoneTerms(tables, zone, year), lossesIncludedIn })),
    wueOf: (place) => rated(wueOf(tables, place)),
    embodiedOf: once((hardware: string | null) => (hardware === null ? null : fallbackEmbodied(tables, hardware))),
  }
  indexed.set(tables, made)
  return made
}

const once = <Asked extends (string | number | null)[], Answer>(answer: (...asked: Asked) => Answer) => {
  const known = new Map<string, Answer>()
  return (...asked: Asked): Answer => {
    const key = JSON.stringify(asked)
    if (!known.has(key)) known.set(key, answer(...asked))
    // Guaranteed by the line above.
    return known.get(key) as Answer
  }
}

const rated = (found: FoundFactor | null): Rated | null =>
  found && { value: found.value, tier: found.tier, factor: found.factor }

const zoneTerms = (tables: ReferenceTables, zone: string, year: number): Omit<ZoneTerms, 'lossesIncludedIn'> => {
  const loss = lossOf(tables, zone)
  return {
    zone,
    residualMix: rated(residualOf(tables, zone, year)),
    loss: loss && { fraction: loss.fraction, gPerKwh: loss.gPerKwh, tier: loss.tier, factor: loss.factor },
    upstream: rated(upstreamOf(tables, zone, year)),
    sourceWater: rated(sourceWaterOf(tables, zone)),
  }
}

/** At the library's tier, as an estimate has it. A name of several devices (`h100`) counts where all of them say the same. */
const fallbackEmbodied = (tables: ReferenceTables, hardware: string): Attribution['fallbackEmbodied'] => {
  const found = embodiedOf(tables, hardware) ?? ofFamily(tables, hardware)
  return found && { kgPerDevice: found.value, lifeYears: DEFAULT_LIFE_YEARS, tier: found.tier, factor: found.factor }
}

const ofFamily = (tables: ReferenceTables, hardware: string): EmbodiedFactor | null => {
  const devices = hardwareCandidates(tables, hardware).map((device) => embodiedOf(tables, device.id))
  const [first] = devices
  return first && devices.every((device) => device?.value === first.value) ? first : null
}
