import { embodiedOf } from '@/lib/factors/embodied-of'
import { hardwareOf } from '@/lib/factors/hardware-of'
import type { ReferenceTables, StoredFactor } from '@/lib/factors/reference-tables'

/** What the library knows of one product: what a form of an asset can be filled with. */
export interface EmbodiedOption {
  id: string
  version: number
  name: string
  embodied_kg: number
  basis: 'pcf' | 'bottom-up' | 'category-default' | 'mass' | 'proxy'
  source: string
  u95: number | null
  status: string
  /** Not confirmed at its publisher. */
  is_recalled: boolean
  /** Of the device, where it is one that the library knows. */
  tdp_w: number | null
  peak_tflops: number | null
}

/** Product footprints before parts, parts before category defaults (METHOD §4). */
const ORDER = ['pcf', 'bottom-up', 'category-default', 'mass', 'proxy']

const DEVICE = 'embodied:'

const optionOf = (tables: ReferenceTables, row: StoredFactor): EmbodiedOption | null => {
  const found = embodiedOf(tables, row.factor.id)
  if (found === null) return null
  const device = hardwareOf(tables, row.factor.id.slice(DEVICE.length)) ?? hardwareOf(tables, row.subject ?? '')
  return {
    id: found.factor.id,
    version: found.factor.version,
    name: row.subject ?? row.factor.name,
    embodied_kg: found.value,
    basis: found.basis,
    source: row.factor.source,
    u95: found.u95,
    status: found.status,
    is_recalled: found.isRecalled,
    tdp_w: device?.tdpW ?? null,
    peak_tflops: device?.peakBf16Tflops ?? null,
  }
}

/** Everything with a value, best basis first, recalled last; a product that the library has no number for is not offered. PURE. */
export const embodiedOptions = (tables: ReferenceTables): EmbodiedOption[] =>
  (tables.factorsByKind.get('embodied') ?? [])
    .flatMap((row) => optionOf(tables, row) ?? [])
    .sort(
      (a, b) =>
        Number(a.is_recalled) - Number(b.is_recalled) ||
        ORDER.indexOf(a.basis) - ORDER.indexOf(b.basis) ||
        a.name.localeCompare(b.name, 'en'),
    )
