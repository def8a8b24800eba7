import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/** Comes in: the shipped files of `lib/factors/data`. Goes out: their rows, typed, a blank as null and never as zero. */

const text = z.string().trim().min(1)
const textOrNull = z
  .string()
  .trim()
  .transform((cell) => cell || null)
const numberOrNull = textOrNull.transform((cell) => (cell === null ? null : Number(cell))).pipe(z.number().nullable())
const positiveOrNull = numberOrNull.pipe(z.number().nonnegative().nullable())
const year = text.transform(Number).pipe(z.number().int())

const directRow = z.object({
  zone_em: text,
  iso3: textOrNull,
  name: text,
  level: z.enum(['country', 'subnational']),
  year,
  g_per_kwh: positiveOrNull,
  gases: text,
  basis: text,
  td_included: text,
  publisher: text,
  title: text,
  source_url: textOrNull,
  licence: textOrNull,
  status: text,
  note: textOrNull,
})

const intensityRow = z.object({
  zone: text,
  name: text,
  zone_type: z.enum(['country', 'aggregate', 'egrid_subregion', 'egrid_national', 'electricitymaps_zone']),
  year,
  gco2e_per_kwh: positiveOrNull,
  gases: text,
  basis: text,
  scope2_use: textOrNull,
  source: text,
  source_url: textOrNull,
  licence: textOrNull,
  status: text,
  timezone: textOrNull,
})

const crosswalkRow = z.object({
  grid_zone_em: text,
  name: textOrNull,
  country_iso2: text,
  country_iso3: text,
  timezone: textOrNull,
  egrid_subregions_overlapping: z
    .string()
    .trim()
    .transform((cell) => cell.split(/\s+/).filter(Boolean)),
  source: text,
})

const cloudRegionRow = z.object({
  provider: text,
  region: text,
  location: textOrNull,
  country: textOrNull,
  grid_zone_em: textOrNull,
  egrid_subregion: textOrNull,
  lat: numberOrNull,
  lon: numberOrNull,
  pue: positiveOrNull,
  pue_year: numberOrNull,
  status: text,
  source: text,
})

const providerRow = z.object({
  provider: text,
  boundary: text,
  year: textOrNull,
  metric: z.enum(['PUE', 'WUE']),
  value: positiveOrNull,
  unit: text,
  source: text,
  status: text,
  note: textOrNull,
})

const profilesFile = z.object({
  unit: text,
  profiles: z.array(
    z.object({
      zone: text,
      name: text,
      basis: text,
      gas: text,
      years: z.array(z.number().int()).length(1),
      source: text,
      licence: text,
      timezone: text,
      quality: z.object({ annual_mean_g: z.number().positive() }).loose(),
      g_per_kwh: z.array(z.array(z.number().nonnegative()).length(24)).length(12),
      status: text,
      caution: z.string().optional(),
    }),
  ),
})

export type DirectRow = z.infer<typeof directRow>
export type IntensityRow = z.infer<typeof intensityRow>
export type CrosswalkRow = z.infer<typeof crosswalkRow>
export type CloudRegionRow = z.infer<typeof cloudRegionRow>
export type ProviderRow = z.infer<typeof providerRow>
export type ProfileRow = z.infer<typeof profilesFile>['profiles'][number]

export interface ReferenceFiles {
  direct: DirectRow[]
  intensity: IntensityRow[]
  crosswalk: CrosswalkRow[]
  cloudRegions: CloudRegionRow[]
  providers: ProviderRow[]
  profiles: ProfileRow[]
}

const contentOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`./data/${file}`, import.meta.url)), 'utf8')

const rowsOf = <Row extends z.ZodType>(file: string, row: Row): z.infer<Row>[] => {
  const cells: unknown[] = parse(contentOf(file), { columns: true, bom: true, skip_empty_lines: true })
  return cells.map((cell, index) => {
    const result = row.safeParse(cell)
    if (!result.success) throw new Error(`${file}, row ${index + 1}: ${z.prettifyError(result.error)}`)
    return result.data
  })
}

/** Reads every shipped reference file; a file that does not fit its schema is named with its row. */
export const readReferenceFiles = (): ReferenceFiles => ({
  direct: rowsOf('grid_direct.csv', directRow),
  intensity: rowsOf('grid_intensity.csv', intensityRow),
  crosswalk: rowsOf('zones_crosswalk.csv', crosswalkRow),
  cloudRegions: rowsOf('cloud_regions.csv', cloudRegionRow),
  providers: rowsOf('provider_pue_wue.csv', providerRow),
  profiles: profilesFile.parse(JSON.parse(contentOf('profiles.json'))).profiles,
})
