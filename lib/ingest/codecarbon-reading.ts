import type { EmissionCreate, RunCreate } from '@/lib/contracts/codecarbon'
import type { DeploymentName } from '@/lib/contracts/common'
import type { Experiment } from '@/lib/registry/experiments'
import type { Context, IncomingReading } from './reading'

/** CodeCarbon's words → ours. PURE. */

/** Where the client said it runs, worked out once, when its run began. */
export interface CodecarbonPlace {
  /** ISO country of its coordinates. */
  country: string | null
  cloudRegion: string | null
}

/** What the client's own output says so far, beside our figures on the run page. Energies in kWh, × its PUE; powers in W, run means. */
export interface Reported {
  posts: number
  energy_kwh: number
  emissions_kg: number
  cpu_energy: number
  gpu_energy: number
  ram_energy: number
  duration_s: number
  cpu_power: number | null
  gpu_power: number | null
  ram_power: number | null
  wue: number | null
}

/** `run.details` of a run that CodeCarbon began: its own words, and what we keep to read its emissions by. */
export interface CodecarbonRunDetails extends RunCreate {
  source: 'codecarbon' | 'codecarbon-file'
  place: CodecarbonPlace
  reported: Reported
  clock: Clock
}

/** What is known of the run's intervals. Instants are milliseconds since 1970. */
export interface Clock {
  lastAt: number | null
  /** An emission's duration has agreed with the time since the one before: from then on a longer silence means lost emissions. */
  agrees: boolean
  /** Starts that were given to emissions, by their timestamp: the same emission again is given the same. */
  starts: Record<string, number>
}

export const NEW_CLOCK: Clock = { lastAt: null, agrees: false, starts: {} }
/** Durations are cut off to whole seconds, and the client's timer is not punctual. */
const SLACK_MS = 3000
const MOST_STARTS = 500

export const NOTHING_REPORTED: Reported = {
  posts: 0,
  energy_kwh: 0,
  emissions_kg: 0,
  cpu_energy: 0,
  gpu_energy: 0,
  ram_energy: 0,
  duration_s: 0,
  cpu_power: null,
  gpu_power: null,
  ram_power: null,
  wue: null,
}

export const withEmission = (reported: Reported, emission: EmissionCreate): Reported => ({
  posts: reported.posts + 1,
  energy_kwh: reported.energy_kwh + emission.energy_consumed,
  emissions_kg: reported.emissions_kg + (emission.emissions_sum ?? 0),
  cpu_energy: reported.cpu_energy + (emission.cpu_energy ?? 0),
  gpu_energy: reported.gpu_energy + (emission.gpu_energy ?? 0),
  ram_energy: reported.ram_energy + (emission.ram_energy ?? 0),
  duration_s: reported.duration_s + emission.duration,
  cpu_power: emission.cpu_power ?? reported.cpu_power,
  gpu_power: emission.gpu_power ?? reported.gpu_power,
  ram_power: emission.ram_power ?? reported.ram_power,
  wue: emission.wue ?? reported.wue,
})

/** A provider is named only by a cloud machine; elsewhere `region` is a province. */
export const cloudRegionOf = (run: Pick<RunCreate, 'provider' | 'region'>): string | null =>
  run.provider && run.region ? `${run.provider}:${run.region}` : null

export const deploymentOf = (run: Pick<RunCreate, 'provider'>): DeploymentName => (run.provider ? 'cloud' : 'owned')

/** `4 x NVIDIA A100` → the device and how many; without a GPU the processor, whose `cpu_count` are cores and not devices. */
export const hardwareOf = (run: Pick<RunCreate, 'gpu_model' | 'gpu_count' | 'cpu_model'>) => {
  const named = (text: string | null | undefined) => text?.trim().slice(0, 200) || null
  const gpu = run.gpu_count ? named(run.gpu_model?.replace(/^\d+ x /, '')) : null
  const count = Math.round(run.gpu_count ?? 0)
  return gpu && count > 0 && count <= 10_000_000
    ? { hardware: gpu, hardwareCount: count }
    : { hardware: named(run.cpu_model), hardwareCount: null }
}

/**
 * Where an emission's interval starts; null: at the run's reading before, whatever order they came in. Two need to be told:
 * - the first: the client registers its run only just before its first emission, so the run's timestamp can lie at the end of what
 *   that covers;
 * - one after lost ones: the client never sends again what did not arrive, and its next emission covers only its own duration. The
 *   silence before it stays a hole in the coverage.
 */
export const startOf = (
  clock: Clock,
  runAt: number,
  emission: Pick<EmissionCreate, 'timestamp' | 'duration'>,
): number | null => {
  const known = clock.starts[emission.timestamp]
  if (known !== undefined) return known
  const told = emission.timestamp - Math.floor(emission.duration * 1000)
  if (clock.lastAt === null) return Math.min(runAt, told)
  return clock.agrees && clock.lastAt < told - SLACK_MS ? told : null
}

export const clockAfter = (
  clock: Clock,
  start: number | null,
  emission: Pick<EmissionCreate, 'timestamp' | 'duration'>,
): Clock => {
  const { lastAt } = clock
  const since = lastAt === null ? null : emission.timestamp - lastAt
  const isLate = since !== null && since <= 0
  const agrees = since !== null && since > 0 && Math.abs(since - emission.duration * 1000) <= SLACK_MS
  const starts = start === null ? clock.starts : { ...clock.starts, [emission.timestamp]: start }
  return {
    lastAt: isLate ? lastAt : emission.timestamp,
    agrees: (clock.agrees || agrees) && Object.keys(starts).length < MOST_STARTS,
    starts,
  }
}

/**
 * What people said of the experiment goes before what the machine guessed: CodeCarbon says Quebec when it cannot find out where it
 * runs.
 * @param pue at source, where the client itself says it
 */
export const contextOf = (
  run: { name: string; place: CodecarbonPlace; hardware: ReturnType<typeof hardwareOf> },
  experiment: Experiment,
  pue: number | null = null,
): Context => {
  const place = experiment.siteZone === null ? run.place : { country: null, cloudRegion: null }
  return {
    run: run.name,
    service: null,
    model: experiment.model,
    team: experiment.team,
    stage: experiment.stage,
    site: experiment.site,
    gridZone: null,
    country: place.country,
    cloudRegion: place.cloudRegion,
    deployment: experiment.deployment,
    pue: pue ?? experiment.pueAtSource,
    gPerKwh: null,
    ...run.hardware,
  }
}

/** Its energies already hold its PUE, so they are facility energy. */
export const codecarbonReading = (
  emission: EmissionCreate,
  run: {
    name: string
    start: number | null
    place: CodecarbonPlace
    hardware: ReturnType<typeof hardwareOf>
  },
  experiment: Experiment,
): IncomingReading => ({
  // A meter at a site is one thing for all runs there; a tracker belongs to its run, so its name says which.
  meter: run.name,
  kind: 'delta',
  unit: 'kWh',
  boundary: 'facility',
  at: emission.timestamp,
  start: run.start,
  // −0 is a number that the evidence has no use for.
  value: emission.energy_consumed + 0,
  context: contextOf(run, experiment),
})
