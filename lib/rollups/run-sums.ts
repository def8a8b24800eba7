import type { RunHour } from './run-hours'

/** A run's figures, summed from its hours: exact integers, null where nothing is known. */
export interface RunSums {
  itUwh: bigint | null
  facilityUwh: bigint | null
  locationMg: bigint | null
  /** IT energy and facility energy of the hours in which both are known. */
  pairedFacilityUwh: bigint | null
  /** Facility energy of the hours whose emissions are known, and of the others. */
  knownFacilityUwh: bigint | null
  withoutFigureUwh: bigint
  screeningMg: bigint
  /** Facility ÷ IT energy. */
  pue: number | null
  /** Σ emissions ÷ Σ facility energy of the same hours. */
  experiencedGPerKwh: number | null
  /** Plain mean of the intensities of the hours in which the run drew energy. */
  meanGPerKwh: number | null
  energyTier: number | null
  intensityTier: number | null
  overheadTier: number | null
  coverage: number | null
  gaps: { reason: string; hours: number }[]
  hours: number
  provisional: boolean
}

const sum = (hours: RunHour[], of: (hour: RunHour) => bigint | null): bigint | null => {
  const known = hours.map(of).filter((amount) => amount !== null)
  return known.length === 0 ? null : known.reduce((all, amount) => all + amount, 0n)
}
const worst = (hours: RunHour[], of: (hour: RunHour) => number | null): number | null => {
  const known = hours.map(of).filter((tier) => tier !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** mg per µWh → g/kWh. */
export const gramsPerKwh = (mg: bigint | null, uwh: bigint | null): number | null =>
  mg === null || uwh === null || uwh === 0n ? null : (Number(mg) / Number(uwh)) * 1e6

export const runSums = (hours: RunHour[]): RunSums => {
  const itUwh = sum(hours, (hour) => hour.it_uwh)
  const facilityUwh = sum(hours, (hour) => hour.facility_uwh)
  const locationMg = sum(hours, (hour) => hour.location_mg)
  const pairedFacilityUwh = sum(hours, (hour) => hour.paired_facility_uwh)
  const knownFacilityUwh = sum(hours, (hour) => hour.known_facility_uwh)
  const covered = sum(hours, (hour) => hour.covered_ms) ?? 0n
  const elapsed = sum(hours, (hour) => hour.elapsed_ms) ?? 0n
  const withIntensity = hours.flatMap((hour) =>
    hour.g_per_kwh !== null && hour.location_mg !== null ? [hour.g_per_kwh] : [],
  )
  const gaps = new Map<string, number>()
  for (const { gap, gap_cells } of hours) if (gap) gaps.set(gap, (gaps.get(gap) ?? 0) + gap_cells)
  return {
    itUwh,
    facilityUwh,
    locationMg,
    pairedFacilityUwh,
    knownFacilityUwh,
    withoutFigureUwh: facilityUwh === null ? 0n : facilityUwh - (knownFacilityUwh ?? 0n),
    screeningMg: sum(hours, (hour) => hour.screening_mg) ?? 0n,
    pue:
      itUwh === null || itUwh === 0n || pairedFacilityUwh === null ? null : Number(pairedFacilityUwh) / Number(itUwh),
    experiencedGPerKwh: gramsPerKwh(locationMg, knownFacilityUwh),
    meanGPerKwh:
      withIntensity.length === 0 ? null : withIntensity.reduce((all, one) => all + one, 0) / withIntensity.length,
    energyTier: worst(hours, (hour) => hour.energy_tier),
    intensityTier: worst(hours, (hour) => hour.intensity_tier),
    overheadTier: worst(hours, (hour) => hour.overhead_tier),
    coverage: elapsed === 0n ? null : Number(covered) / Number(elapsed),
    gaps: [...gaps].map(([reason, count]) => ({ reason, hours: count })).sort((a, b) => b.hours - a.hours),
    hours: hours.length,
    provisional: hours.some((hour) => hour.provisional),
  }
}
