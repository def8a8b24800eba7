import {
  assembledEmbodied,
  type BottomUpCoefficients,
  bottomUpServer,
  type ServerParts as CoreParts,
} from '@/lib/accounting/embodied/bottom-up'
import type { ServerEstimate, ServerParts } from '@/lib/contracts/assets'
import { AppError } from '@/lib/errors'
import type { ReferenceTables, StoredFactor } from '@/lib/factors/reference-tables'
import { add, type KilogramsCO2e, kilogramsCO2e, subtract, value } from '@/lib/units/quantity'

/** Comes in: the parts of a server. Goes out: its embodied carbon by part, each with the coefficient rows that were used. PURE. */

const IDS: Record<keyof BottomUpCoefficients, string> = {
  cpuPerMm2: 'cpu-die',
  cpuBase: 'cpu-base',
  memoryPerCm2: 'ram-die',
  memoryBase: 'ram-base',
  ssdPerCm2: 'ssd-die',
  ssdBase: 'ssd-base',
  hdd: 'hdd',
  board: 'motherboard',
  psuPerKg: 'power-supply',
  rackCase: 'rack-case',
  assembly: 'server-assembly',
}

const NOTHING: CoreParts = { cpus: [], memory: [], ssds: [], hdds: 0, psus: [], rackCase: false }

const times = <T>(count: number, part: T): T[] => Array.from({ length: count }, () => part)

/** @throws AppError unavailable, where the library lacks a coefficient */
export const serverEstimate = (tables: ReferenceTables, parts: ServerParts): ServerEstimate => {
  const rowOf = (id: string): StoredFactor & { value: number } => {
    const row = tables.factors.get(`embodied-part:${id}`)
    if (!row || row.value === null) throw new AppError('unavailable', `The factor library has no value for ${id}.`)
    return { ...row, value: row.value }
  }
  const caseId = parts.case === 'blade' ? 'blade-case' : IDS.rackCase
  const rows = Object.fromEntries(
    Object.entries(IDS).map(([name, id]) => [name, rowOf(name === 'rackCase' ? caseId : id)]),
    // Guaranteed by IDS: a row for each coefficient.
  ) as Record<keyof BottomUpCoefficients, StoredFactor & { value: number }>
  const by = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.value])) as Record<
    keyof BottomUpCoefficients,
    number
  >
  const bare = bottomUpServer(NOTHING, { ...by, board: 0, assembly: 0 })
  const of = (some: Partial<CoreParts>, coefficients: BottomUpCoefficients = { ...by, board: 0, assembly: 0 }) =>
    subtract(bottomUpServer({ ...NOTHING, ...some }, coefficients), bare)
  const line = (
    part: string,
    formula: string,
    kg: KilogramsCO2e,
    names: (keyof BottomUpCoefficients)[],
  ): ServerEstimate['parts'][number] & { mass: KilogramsCO2e } => ({
    part,
    formula,
    kg: value(kg),
    mass: kg,
    factors: names.map((name) => {
      const { factor, value: coefficient, unit } = rows[name]
      return { id: factor.id, version: factor.version, name: factor.name, value: coefficient, unit }
    }),
  })
  const ram = { gigabytes: parts.ram_gb_per_module, gigabytesPerCm2: parts.ram_gb_per_cm2 }
  const ssd = { gigabytes: parts.ssd_gb_each, gigabytesPerCm2: parts.ssd_gb_per_cm2 }
  const gpus = assembledEmbodied([{ each: kilogramsCO2e(parts.gpu_kg_each), units: parts.gpus }])
  const lines = [
    line(
      'CPU',
      `${parts.cpus} × (${parts.cpu_cores} cores × ${parts.cpu_mm2_per_core} mm² × die + base)`,
      of({ cpus: times(parts.cpus, { cores: parts.cpu_cores, mm2PerCore: parts.cpu_mm2_per_core }) }),
      ['cpuPerMm2', 'cpuBase'],
    ),
    line(
      'Memory',
      `${parts.ram_modules} × (${parts.ram_gb_per_module} GB ÷ ${parts.ram_gb_per_cm2} GB/cm² × die + base)`,
      of({ memory: times(parts.ram_modules, ram) }),
      ['memoryPerCm2', 'memoryBase'],
    ),
    line(
      'SSD',
      `${parts.ssds} × (${parts.ssd_gb_each} GB ÷ ${parts.ssd_gb_per_cm2} GB/cm² × die + base)`,
      of({ ssds: times(parts.ssds, ssd) }),
      ['ssdPerCm2', 'ssdBase'],
    ),
    line('HDD', `${parts.hdds} × unit`, of({ hdds: parts.hdds }), ['hdd']),
    line(
      'Power supplies',
      `${parts.psus} × ${parts.psu_kg_each} kg × per kg`,
      of({ psus: times(parts.psus, { kg: parts.psu_kg_each }) }),
      ['psuPerKg'],
    ),
    line('Board', '1 × board', of({}, { ...by, assembly: 0 }), ['board']),
    line(
      'Case',
      parts.case === 'none' ? 'none' : `1 × ${parts.case} case`,
      of({ rackCase: parts.case !== 'none' }),
      parts.case === 'none' ? [] : ['rackCase'],
    ),
    line('Assembly', '1 × assembly', of({}, { ...by, board: 0 }), ['assembly']),
    line('Accelerators', `${parts.gpus} × ${parts.gpu_kg_each} kg, as entered`, gpus, []),
  ]
  return {
    embodied_kg: value(lines.map(({ mass }) => mass).reduce(add)),
    parts: lines.map(({ mass: _, ...shown }) => shown).filter(({ kg }) => kg !== 0),
    source: rows.cpuPerMm2.factor.source,
  }
}
