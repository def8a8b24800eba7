import { hardwareOf } from '@/lib/factors/hardware-of'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import type { Peak } from '@/lib/rollups/achieved'

/** The dense bfloat16 peak that the factor library knows of a device; null where it knows none, or more than one device fits. */
export const peaksOf = async (orgId: string): Promise<(hardware: string) => Peak | null> => {
  const tables = await tablesOfOrganization(orgId)
  return (hardware) => {
    const known = hardwareOf(tables, hardware)
    return known?.peakBf16Tflops == null
      ? null
      : { tflops: known.peakBf16Tflops, source: `${known.id}@${known.row.factor.version}` }
  }
}
