import type { RunPoint } from '@/components/charts/synced-panels-data'
import type { RunHour } from '@/lib/rollups/run-hours'
import type { PowerStep } from '@/lib/rollups/run-power'
import { formatPercent, threeFigures } from '@/lib/units/format'
import { HOUR, hourStart, isoInstant } from '@/lib/units/time'
import { gapWords } from '../_shared/words'

const MG_PER_KG = 1e6
const UWH_PER_KWH = 1e9
const MOST_POINTS = 480

export interface RunChart {
  points: RunPoint[]
  step_minutes: number
  title: string
  notes: { at: string; label: string }[]
  powerLabel: string
}

/** Finer than hourly power, where the readings were decoded. */
export interface FinePower {
  step_ms: number
  steps: PowerStep[]
}

const whyOf = (hour: RunHour | undefined): string | undefined => {
  if (!hour) return 'no reading'
  if (hour.gap) return gapWords(hour.gap)
  if ((hour.energy_tier ?? 0) >= 3) return 'gap filled from the hours beside it'
  if (hour.covered_ms < hour.elapsed_ms) return 'part of the hour has no reading'
  return undefined
}

const isEstimated = (hour: RunHour | undefined): boolean =>
  hour !== undefined && ((hour.energy_tier ?? 0) >= 3 || hour.covered_ms < hour.elapsed_ms)

/** Hours of a run → the points of its three panels. Powers and rates are means over the part of an hour in which the run was read. */
export const runChart = (
  hours: RunHour[],
  window: { start: number; end: number },
  fine: FinePower | null,
): RunChart => {
  const byHour = new Map(hours.map((hour) => [Date.parse(hour.at), hour]))
  const hasIt = hours.some((hour) => hour.it_uwh !== null)
  const partOf = (at: number) => Math.max(1 / 60, (Math.min(at + HOUR, window.end) - Math.max(at, window.start)) / HOUR)
  const pointOf = (at: number): RunPoint => {
    const start = hourStart(at)
    const hour = byHour.get(start)
    const energy = hour && (hasIt ? hour.it_uwh : hour.facility_uwh)
    const part = partOf(start)
    return {
      at: isoInstant(at),
      power_kw: energy == null ? null : Number(energy) / UWH_PER_KWH / part,
      intensity_g_per_kwh: hour?.g_per_kwh ?? null,
      rate_kg_per_h: hour?.location_mg == null ? null : Number(hour.location_mg) / MG_PER_KG / part,
      estimated: isEstimated(hour),
      intensityEstimated: (hour?.intensity_tier ?? 0) >= 2,
      why: whyOf(hour),
    }
  }
  const hourly: RunPoint[] = []
  for (let at = hourStart(window.start); at < window.end; at += HOUR) hourly.push(pointOf(at))

  const { points, step_minutes } = fine
    ? { points: fine.steps.map((step) => finePoint(step, pointOf(step.at))), step_minutes: fine.step_ms / 60_000 }
    : coarsened(hourly)
  return {
    points,
    step_minutes,
    title: titleOf(hours),
    notes: gapNotes(hourly),
    powerLabel: hasIt ? 'IT power' : 'Facility power',
  }
}

const finePoint = (step: PowerStep, hourly: RunPoint): RunPoint => {
  const silent = step.kilowatts === null
  return {
    ...hourly,
    at: isoInstant(step.at),
    power_kw: step.kilowatts,
    // The hour may be filled in part only: what was read is not hatched.
    estimated: silent,
    why: silent ? (hourly.why ?? 'no reading') : undefined,
  }
}

/** Several hours in one step where there are too many to draw: means of what is known. */
const coarsened = (hourly: RunPoint[]): { points: RunPoint[]; step_minutes: number } => {
  const size = [1, 2, 3, 6, 12, 24].find((hours) => hourly.length / hours <= MOST_POINTS) ?? 24
  if (size === 1) return { points: hourly, step_minutes: 60 }
  const mean = (values: (number | null)[]) => {
    const known = values.filter((value) => value !== null)
    return known.length === 0 ? null : known.reduce((all, value) => all + value, 0) / known.length
  }
  const points: RunPoint[] = []
  for (let first = 0; first < hourly.length; first += size) {
    const part = hourly.slice(first, first + size)
    const missing = part.find((point) => point.power_kw === null)
    points.push({
      at: (part[0] as RunPoint).at,
      power_kw: mean(part.map((point) => point.power_kw)),
      intensity_g_per_kwh: mean(part.map((point) => point.intensity_g_per_kwh)),
      rate_kg_per_h: mean(part.map((point) => point.rate_kg_per_h)),
      estimated: missing !== undefined || part.some((point) => point.estimated),
      intensityEstimated: part.some((point) => point.intensityEstimated),
      why: part.find((point) => point.why)?.why,
    })
  }
  return { points, step_minutes: size * 60 }
}

const MOST_NOTES = 3

/** The longest gaps named where they begin. */
const gapNotes = (hourly: RunPoint[]): { at: string; label: string }[] => {
  const gaps: { at: string; hours: number; why: string }[] = []
  hourly.forEach((point, i) => {
    if (point.power_kw !== null || !point.why) return
    const last = gaps[gaps.length - 1]
    if (last && hourly[i - 1]?.power_kw === null && last.why === point.why) last.hours += 1
    else gaps.push({ at: point.at, hours: 1, why: point.why })
  })
  return gaps
    .sort((a, b) => b.hours - a.hours)
    .slice(0, MOST_NOTES)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((gap) => ({ at: gap.at, label: `${gap.hours}\u202fh: ${gap.why}` }))
}

const titleOf = (hours: RunHour[]): string => {
  const known = hours.filter((hour) => hour.location_mg !== null && hour.g_per_kwh !== null)
  const whole = known.reduce((all, hour) => all + Number(hour.location_mg), 0)
  if (known.length === 0 || whole === 0) {
    const reason = hours.find((hour) => hour.gap)?.gap
    return reason ? `No hour has a figure: ${gapWords(reason)}` : 'No hour has a figure'
  }
  const intensities = known.map((hour) => hour.g_per_kwh as number)
  const [least, most] = [Math.min(...intensities), Math.max(...intensities)]
  if (least === most) return `One grid intensity for all of its hours: ${threeFigures(least)}\u202fg/kWh`
  if (known.length < 6) return `Its grid ran between ${threeFigures(least)} and ${threeFigures(most)}\u202fg/kWh`
  const dirtiest = [...known].sort((a, b) => (b.g_per_kwh as number) - (a.g_per_kwh as number))
  const third = dirtiest.slice(0, Math.round(known.length / 3))
  const share = third.reduce((all, hour) => all + Number(hour.location_mg), 0) / whole
  return `The dirtiest third of its hours holds ${formatPercent(share)} of its emissions`
}
