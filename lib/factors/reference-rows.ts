import { coefficientFactors } from './coefficient-factors'
import { directFactors, egridFactors } from './direct-factors'
import type { FactorRow } from './factor-row'
import { fuelFactors } from './fuel-factors'
import { hardwareFactors } from './hardware-factors'
import { instanceFactors } from './instance-factors'
import { lifecycleFactors } from './lifecycle-factors'
import { lossFactors } from './loss-factors'
import { profileFactors } from './profile-factors'
import { providerPueFactors, regionPueFactors } from './pue-factors'
import type { CloudRegionRow, ReferenceFiles } from './reference-files'
import { providerWueFactors, regionCfeFactors, regionWueFactors } from './region-factors'
import { residualFactors } from './residual-factors'
import { sourceRegister } from './source-register'
import { technologyFactors } from './technology-factors'
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
      ...residualFactors(files.residuals),
      ...lossFactors(files.losses, iso2Of),
      ...technologyFactors(files.technologies),
      ...providerPueFactors(files.providers),
      ...regionPueFactors(files.cloudRegions),
      ...providerWueFactors(files.providers),
      ...regionWueFactors(files.cloudRegions),
      ...regionCfeFactors(files.cloudRegions),
      ...fuelFactors(files.fuels),
      ...hardwareFactors(files.hardware),
      ...instanceFactors(files.instances, files.hardware),
      ...coefficientFactors(files.coefficients),
      ...sourceRegister(files.hourlySources),
    ],
  }
}
