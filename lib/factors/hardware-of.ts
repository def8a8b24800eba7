import { wholeSlug } from './factor-row'
import { hardwareMatch, hardwareWords } from './hardware-words'
import type { ReferenceTables, StoredFactor } from './reference-tables'

/** A device as the library knows it. A number that nobody published is null. */
export interface Hardware {
  id: string
  name: string
  device: string
  tdpW: number | null
  memoryGb: number | null
  /** Dense, at the precision of training. */
  peakBf16Tflops: number | null
  peakFp32Tflops: number | null
  peakFp8Tflops: number | null
  usdPerHour: number | null
  status: string
  row: StoredFactor
}

const numberIn = (row: StoredFactor, name: string): number | null => {
  const cell = row.attributes?.[name]
  return typeof cell === 'number' ? cell : null
}

const asHardware = (row: StoredFactor): Hardware => ({
  id: row.factor.id,
  name: row.subject ?? row.factor.name,
  device: String(row.attributes?.device ?? 'other'),
  tdpW: row.value,
  memoryGb: numberIn(row, 'memory_gb'),
  peakBf16Tflops: numberIn(row, 'peak_bf16_tflops'),
  peakFp32Tflops: numberIn(row, 'peak_fp32_tflops'),
  peakFp8Tflops: numberIn(row, 'peak_fp8_tflops'),
  usdPerHour: numberIn(row, 'usd_per_hour'),
  status: row.status,
  row,
})

const devicesOf = (tables: ReferenceTables): StoredFactor[] => [
  ...(tables.factorsByKind.get('accelerator') ?? []),
  ...(tables.factorsByKind.get('cpu') ?? []),
]

/** Every device that the name may mean, the exact ones alone where there are any. PURE. */
export const hardwareCandidates = (tables: ReferenceTables, name: string): Hardware[] => {
  const devices = devicesOf(tables)
  const wanted = name.trim().toLowerCase()
  const literal = devices.filter(
    (row) =>
      row.factor.id === wanted ||
      row.subject?.toLowerCase() === wanted ||
      row.factor.id.split(':')[1] === wholeSlug(name),
  )
  if (literal.length > 0) return literal.map(asHardware)
  const asked = hardwareWords(name)
  const judged = devices.map((row) => ({
    row,
    match: hardwareMatch(asked, hardwareWords(row.subject ?? row.factor.name)),
  }))
  const exact = judged.filter(({ match }) => match === 'exact')
  const found = exact.length > 0 ? exact : judged.filter(({ match }) => match === 'possible')
  return found.map(({ row }) => asHardware(row))
}

/**
 * The device that a sender means: `NVIDIA H100 80GB HBM3`, `A100-SXM4-40GB`, `accelerator:t4`. Null where the name fits none, or more
 * than one (`Tesla V100` is a PCIe or an SXM2 board): never a guess.
 */
export const hardwareOf = (tables: ReferenceTables, name: string): Hardware | null => {
  const found = hardwareCandidates(tables, name)
  return found.length === 1 ? (found[0] ?? null) : null
}
