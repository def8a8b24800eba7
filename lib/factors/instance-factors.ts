import { attributesOf, type FactorRow } from './factor-row'
import { hardwareId } from './hardware-factors'
import type { HardwareRow, InstanceRow } from './library-files'

/** `v5p-8 (4 chips)` → `v5p-8`. */
export const instanceName = (name: string): string =>
  name
    .replace(/\(.*?\)/g, '')
    .trim()
    .toLowerCase()

export const instanceId = (provider: string, name: string): string =>
  `instance:${provider.toLowerCase()}:${instanceName(name)}`

/** Cloud instances; the value is how many accelerators one has. A price tells what it is of (`price_boundary`). PURE. */
export const instanceFactors = (rows: InstanceRow[], hardware: HardwareRow[]): FactorRow[] =>
  rows.map((row) => {
    const device = hardware.find((each) => each.name === row.accelerator_row)
    return {
      id: instanceId(row.provider, row.instance),
      kind: 'instance',
      name: `${row.provider} ${row.instance}`,
      zone: null,
      countryIso3: null,
      level: 'item',
      subject: `${row.provider.toLowerCase()}:${instanceName(row.instance)}`,
      year: null,
      value: row.count,
      profile: null,
      unit: 'accelerators',
      basis: null,
      gases: null,
      source: row.spec_source ?? 'no publication found',
      sourceUrl: null,
      licence: 'facts',
      status: row.status,
      note: row.note,
      attributes: attributesOf({
        provider: row.provider,
        accelerator: row.accelerator,
        hardware: device ? hardwareId(device) : null,
        accelerators: row.count,
        accelerator_memory_gb: row.accel_mem_gb_each,
        vcpu: row.vcpu,
        memory_gib: row.memory_gib,
        usd_per_hour: row.usd_per_hour_on_demand,
        price_boundary: row.price_boundary,
        price_region: row.price_region,
        price_date: row.price_date,
        price_status: row.price_status,
        price_source: row.price_source,
        spec_status: row.spec_status,
      }),
    }
  })
