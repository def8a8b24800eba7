import type { HardwareCatalogue } from '@/lib/contracts/hardware-catalogue'
import { embodiedOf } from './embodied-of'
import type { ReferenceTables, StoredFactor } from './reference-tables'

const numberIn = (row: StoredFactor, name: string): number | null => {
  const cell = row.attributes?.[name]
  return typeof cell === 'number' ? cell : null
}
const textIn = (row: StoredFactor, name: string): string | null => {
  const cell = row.attributes?.[name]
  return typeof cell === 'string' ? cell : null
}
const byName = (one: { name: string }, other: { name: string }) =>
  one.name.localeCompare(other.name, 'en', { numeric: true })

/** What an estimate can be asked of: devices, instances, cloud regions and zones of the organisation's own library. PURE. */
export const hardwareCatalogue = (tables: ReferenceTables): HardwareCatalogue => ({
  devices: [...(tables.factorsByKind.get('accelerator') ?? []), ...(tables.factorsByKind.get('cpu') ?? [])]
    .map((row) => ({
      name: row.subject ?? row.factor.name,
      device: textIn(row, 'device') ?? 'other',
      vendor: textIn(row, 'vendor'),
      tdp_w: row.value,
      memory_gb: numberIn(row, 'memory_gb'),
      peak_tflops: numberIn(row, 'peak_bf16_tflops'),
      embodied_kg: embodiedOf(tables, row.factor.id)?.value ?? null,
      usd_per_hour: numberIn(row, 'usd_per_hour'),
      status: row.status,
    }))
    .sort(byName),
  instances: (tables.factorsByKind.get('instance') ?? [])
    .map((row) => ({
      name: row.subject ?? row.factor.name,
      provider: textIn(row, 'provider') ?? '',
      hardware: textIn(row, 'hardware'),
      accelerators: row.value,
      usd_per_hour: numberIn(row, 'usd_per_hour'),
    }))
    .sort(byName),
  regions: [...tables.cloudRegions.values()]
    .map((region) => ({
      name: `${region.provider}:${region.region}`.toLowerCase(),
      provider: region.provider.toLowerCase(),
      region: region.region,
      location: region.location,
      zone: region.zone,
    }))
    .sort(byName),
  zones: [...tables.zones.values()]
    .map(({ zone, name }) => ({ zone, name }))
    .sort((one, other) => one.zone.localeCompare(other.zone, 'en')),
})
