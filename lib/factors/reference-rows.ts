import { directFactors, egridFactors } from './direct-factors'
import type { FactorRow } from './factor-row'
import { lifecycleFactors } from './lifecycle-factors'
import { profileFactors } from './profile-factors'
import { providerPueFactors, regionPueFactors } from './pue-factors'
import type { CloudRegionRow, ReferenceFiles } from './reference-files'
import { iso2Of, type ZoneAliasRow, type ZoneRow, zoneAliasRows, zoneRows } from './zone-rows'

export interface ReferenceRows {
  zones: ZoneRow[]
  aliases: ZoneAliasRow[]
  cloudRegions: CloudRegionRow[]
  factors: FactorRow[]
}

/** Everything that the reference tables hold, from the shipped files. */
export const referenceRows = (files: ReferenceFiles): ReferenceRows => {
  const zones = zoneRows(files)
  return {
    zones,
    aliases: zoneAliasRows(files, zones),
    cloudRegions: files.cloudRegions,
    factors: [
      ...directFactors(files.direct, files.crosswalk),
      ...egridFactors(files.intensity, files.direct, files.crosswalk),
      ...lifecycleFactors(files.intensity, iso2Of),
      ...profileFactors(files.profiles),
      ...providerPueFactors(files.providers),
      ...regionPueFactors(files.cloudRegions),
    ],
  }
}
