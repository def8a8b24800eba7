import { z } from 'zod'
import { contentOf, numberOrNull, positiveOrNull, rowsOf, text, textOrNull, year } from './csv-file'
import { type LibraryFiles, readLibraryFiles } from './library-files'

/** Comes in: the shipped files of `lib/factors/data`. Goes out: their rows, typed, a blank as null and never as zero. */

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
  wue_l_per_kwh: positiveOrNull,
  wue_year: numberOrNull,
  cfe_hourly_fraction: positiveOrNull,
  cfe_annual_fraction: positiveOrNull,
  cfe_year: numberOrNull,
  status: text,
  source: text,
  note: textOrNull,
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

export interface ReferenceFiles extends LibraryFiles {
  direct: DirectRow[]
  intensity: IntensityRow[]
  crosswalk: CrosswalkRow[]
  cloudRegions: CloudRegionRow[]
  providers: ProviderRow[]
  profiles: ProfileRow[]
}

/** Reads every shipped reference file; a file that does not fit its schema is named with its row. */
export const readReferenceFiles = (): ReferenceFiles => ({
  ...readLibraryFiles(),
  direct: rowsOf('grid_direct.csv', directRow),
  intensity: rowsOf('grid_intensity.csv', intensityRow),
  crosswalk: rowsOf('zones_crosswalk.csv', crosswalkRow),
  cloudRegions: rowsOf('cloud_regions.csv', cloudRegionRow),
  providers: rowsOf('provider_pue_wue.csv', providerRow),
  profiles: profilesFile.parse(JSON.parse(contentOf('profiles.json'))).profiles,
})
