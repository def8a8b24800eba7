import { hardwareKey } from '@/lib/accounting/embodied-hours'
import { energyOfDevices } from '@/lib/accounting/energy-models/device-hours'
import { flopsOf } from '@/lib/accounting/energy-models/flops'
import { deviceHoursOfFlops } from '@/lib/accounting/energy-models/mfu'
import { powerOnCurve } from '@/lib/accounting/energy-models/tdp-curve'
import type { ActivityRequest } from '@/lib/contracts/activities'
import type { Tx } from '@/lib/db/with-org-sql'
import { AppError, invariant } from '@/lib/errors'
import { hardwareCandidates, hardwareOf } from '@/lib/factors/hardware-of'
import { organizationTables } from '@/lib/factors/organization-tables'
import type { ReferenceTables } from '@/lib/factors/reference-tables'
import type { ModelEnergy, ModelledEnergy } from '@/lib/ingest/activities'
import { deviceHoursOf } from '@/lib/units/products'
import { type DeviceHours, deviceHours, flops, flopsPerSecond, share, value, watts } from '@/lib/units/quantity'
import { HOUR } from '@/lib/units/time'

/** METHOD §1.3: Cloud Carbon Footprint's mean of a server; §1.4: trainings reach 0.30 to 0.55 of the peak. */
const DEFAULT_UTILISATION = 0.5
const DEFAULT_MFU = 0.4

/** A number of the device and where it comes from. */
type Known = { amount: number; source: string } | null

interface Device {
  tdpW: Known
  peakTflops: Known
}

/**
 * An activity without an energy → its energy by the model that its sender chose (METHOD §1.3, §1.4), with what was assumed. Devices run at
 * their TDP, or where a utilisation is said or nothing but the time is, on the curve of TDP. A model knows the devices and not their
 * host, and says so. @throws AppError invalid_input where the hardware's power, or for FLOPs its peak, is not known
 */
export const modelEnergy: ModelEnergy = async (tx, { orgId, tables: shared, request }) => {
  const tables = await organizationTables(tx, orgId, shared)
  const hardware = request.hardware
  invariant(hardware !== undefined, 'a modelled activity names its hardware')
  const device = await deviceOf(tx, orgId, tables, hardware)
  const assumptions: ModelledEnergy['assumptions'] = []
  const assume = (field: string, what: string | number, source: string) =>
    assumptions.push({ field, value: what, source })
  const known = (field: 'tdp_w' | 'peak_tflops', found: Known): number => {
    if (found === null) throw unknownDevice(tables, hardware, field)
    assume(field, found.amount, found.source)
    return found.amount
  }

  const { method, hours } = hoursOf(request, assume, () => known('peak_tflops', device.peakTflops))
  const tdp = watts(known('tdp_w', device.tdpW))
  const power =
    request.utilisation === undefined && method !== 'utilisation'
      ? tdp
      : powerOnCurve(tdp, share(utilisationOf(request, assume)))
  assume('energy', method, `${value(hours)} device-hours at ${value(power)} W each, their host not included`)
  const kwh = value(energyOfDevices(power, hours))
  return {
    kwh,
    method,
    assumptions,
    inputs: {
      ...{ hardware, count: request.count ?? null, device_hours: value(hours), power_w: value(power), energy_kwh: kwh },
      ...{ utilisation: request.utilisation ?? null, flops: request.flops ?? null },
      assumptions,
    },
  }
}

type Assume = (field: string, what: string | number, source: string) => void

const hoursOf = (
  request: ActivityRequest,
  assume: Assume,
  peakTflops: () => number,
): { method: ModelledEnergy['method']; hours: DeviceHours } => {
  if (request.device_hours !== undefined) return { method: 'device_hours', hours: deviceHours(request.device_hours) }
  if (request.flops === undefined) {
    if (request.count === undefined) assume('count', 1, 'not said')
    return { method: 'utilisation', hours: deviceHoursOf(request.count ?? 1, (request.end - request.start) / HOUR) }
  }
  const said = typeof request.flops === 'number' ? null : request.flops
  const rule = request.stage === 'inference' ? '2ND' : '6ND'
  if (said)
    assume(
      'flops',
      rule,
      rule === '2ND' ? 'inference: two per parameter and token' : 'training: six per parameter and token',
    )
  const work = said ? flopsOf(said.parameters, said.tokens, rule) : flops(request.flops as number)
  const mfu = said?.mfu ?? DEFAULT_MFU
  if (said?.mfu === undefined) assume('mfu', mfu, 'default of the method, trainings reach 0.30 to 0.55')
  return { method: 'flops', hours: deviceHoursOfFlops(work, flopsPerSecond(peakTflops() * 1e12), share(mfu)) }
}

const utilisationOf = (request: ActivityRequest, assume: Assume): number => {
  if (request.utilisation !== undefined) return request.utilisation
  assume('utilisation', DEFAULT_UTILISATION, 'default of the method')
  return DEFAULT_UTILISATION
}

/** The register's own figures before the library's; of several lots the one bought last. */
const deviceOf = async (tx: Tx, orgId: string, tables: ReferenceTables, hardware: string): Promise<Device> => {
  const { rows } = await tx.query<{ hardware: string; tdp_w: number | null; peak_tflops: number | null }>(
    `/* posting.registered_device */
     select hardware, tdp_w, peak_tflops from asset
     where org_id = $1 and removed_at is null order by purchased_on desc, asset_id`,
    [orgId],
  )
  const own = rows.filter((row) => hardwareKey(row.hardware) === hardwareKey(hardware))
  const listed = hardwareOf(tables, hardware)
  const best = (column: 'tdp_w' | 'peak_tflops', ofLibrary: number | null | undefined): Known => {
    const registered = own.find((row) => row[column] !== null)?.[column]
    if (registered != null) return { amount: registered, source: 'asset register' }
    return ofLibrary == null || !listed
      ? null
      : { amount: ofLibrary, source: `${listed.name} (${listed.row.factor.source})` }
  }
  return { tdpW: best('tdp_w', listed?.tdpW), peakTflops: best('peak_tflops', listed?.peakBf16Tflops) }
}

const unknownDevice = (tables: ReferenceTables, hardware: string, field: 'tdp_w' | 'peak_tflops'): AppError => {
  const names = hardwareCandidates(tables, hardware).map((device) => device.name)
  const what = field === 'tdp_w' ? 'power' : 'peak performance'
  const hint =
    names.length > 1
      ? `It may be ${names.slice(0, 6).join(', ')}.`
      : 'Register it on the Hardware page, or give energy_kwh.'
  return new AppError('invalid_input', `The ${what} of ${hardware} is not known. ${hint}`, {
    issues: [{ path: 'hardware', message: `must be hardware whose ${what} is known` }],
  })
}
