import { providerNamed } from './cloud-region'
import { type Hardware, hardwareCandidates } from './hardware-of'
import { instanceId } from './instance-factors'
import type { ReferenceTables, StoredFactor } from './reference-tables'

export interface Instance {
  id: string
  provider: string
  name: string
  accelerators: number | null
  hardware: Hardware | null
  vcpu: number | null
  memoryGib: number | null
  usdPerHour: number | null
  /** What the price is of: the whole instance, or a part of it. */
  priceBoundary: string | null
  priceStatus: string | null
  status: string
  row: StoredFactor
}

const asInstance = (tables: ReferenceTables, row: StoredFactor): Instance => {
  const cell = (name: string) => row.attributes?.[name]
  const numberIn = (name: string): number | null => {
    const value = cell(name)
    return typeof value === 'number' ? value : null
  }
  const textIn = (name: string): string | null => {
    const value = cell(name)
    return typeof value === 'string' ? value : null
  }
  const hardware = textIn('hardware')
  return {
    id: row.factor.id,
    provider: textIn('provider') ?? '',
    name: row.factor.name,
    accelerators: row.value,
    hardware: hardware === null ? null : (hardwareCandidates(tables, hardware)[0] ?? null),
    vcpu: numberIn('vcpu'),
    memoryGib: numberIn('memory_gib'),
    usdPerHour: numberIn('usd_per_hour'),
    priceBoundary: textIn('price_boundary'),
    priceStatus: textIn('price_status'),
    status: row.status,
    row,
  }
}

/** A cloud instance by name, in any case; without a provider only where one alone has the name. PURE. */
export const instanceOf = (tables: ReferenceTables, provider: string | null, name: string): Instance | null => {
  const known = provider === null ? null : providerNamed(provider)
  const found = (known ? [known] : ['aws', 'gcp', 'azure']).flatMap((each) => {
    const plain = name.trim().toLowerCase()
    return [plain, `standard_${plain}`].flatMap((word) => tables.factors.get(instanceId(each, word)) ?? [])
  })
  const [row] = found
  return row && found.length === 1 ? asInstance(tables, row) : null
}
