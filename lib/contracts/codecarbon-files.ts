import { z } from 'zod'

/** What CodeCarbon writes besides its API: cumulative rows of emissions.csv, the rows of a task file, and the body of `emissions_endpoint`. */

const MESSAGE = 'must be an IANA time zone such as Europe/Paris, or UTC'

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const timeZoneSchema = z.string().trim().min(1, MESSAGE).max(60).refine(isTimeZone, MESSAGE)

/** The question that only a person can answer: the client writes local times without an offset. */
export const TIME_ZONE_QUESTION =
  'CodeCarbon writes local times without an offset. In which time zone did the machine run? Say ?time_zone=Europe/Paris, or UTC.'

export const codecarbonCsvQuerySchema = z.strictObject({
  time_zone: z.string({ error: TIME_ZONE_QUESTION }).pipe(timeZoneSchema),
  dry_run: z.enum(['0', '1']).optional(),
  org: z.string().optional(),
})

/** `?time_zone=` may be left out: the body arrives as soon as it is made, so its clock can be told from ours. */
export const codecarbonEndpointQuerySchema = z.object({ time_zone: timeZoneSchema.optional() })

const told = z.string().max(2000).nullish()
const number = z.number().nullish()

/** The cumulative totals of a run, as `emissions_endpoint` posts them at flush and stop; versions add keys, which are ignored. */
export const emissionsTotalSchema = z.object({
  timestamp: z.string().max(40),
  project_name: told,
  run_id: told,
  experiment_id: told,
  duration: z.number().nonnegative(),
  emissions: number,
  cpu_power: number,
  gpu_power: number,
  ram_power: number,
  cpu_energy: number,
  gpu_energy: number,
  ram_energy: number,
  energy_consumed: z.number().nonnegative(),
  country_iso_code: told,
  cloud_provider: told,
  cloud_region: told,
  os: told,
  python_version: told,
  codecarbon_version: told,
  cpu_count: number,
  cpu_model: told,
  gpu_count: number,
  gpu_model: told,
  longitude: number,
  latitude: number,
  ram_total_size: number,
  tracking_mode: told,
  on_cloud: told,
  pue: number,
  wue: number,
})
export type EmissionsTotal = z.output<typeof emissionsTotalSchema>

const rowSchema = z.object({
  /** Line of the file; the header is line 1. */
  line: z.number().int(),
  run: z.string().nullable(),
  outcome: z.enum(['new', 'known', 'refused']),
  /** What the row adds to its run, kWh; null for a refused one. */
  energy_kwh: z.number().nullable(),
  /** Why it is refused, or how it was read. */
  message: z.string().nullable(),
})
export type CodecarbonCsvRow = z.output<typeof rowSchema>

const runSchema = z.object({
  run: z.string(),
  experiment: z.string(),
  told: z.enum(['totals', 'tasks']),
  from: z.string(),
  to: z.string(),
  rows: z.number().int(),
  /** Of all rows of the run that are good, kWh: with totals that is the last one, never their sum. */
  energy_kwh: z.number(),
})

export const codecarbonCsvAnswerSchema = z.object({
  dry_run: z.boolean(),
  stored: z.boolean(),
  time_zone: z.string(),
  rows: z.array(rowSchema),
  runs: z.array(runSchema),
  new: z.number().int(),
  known: z.number().int(),
  refused: z.number().int(),
  /** What the file adds, kWh; facility energy, since the client's energies hold its PUE. */
  energy_kwh: z.number(),
})
export type CodecarbonCsvAnswer = z.output<typeof codecarbonCsvAnswerSchema>
