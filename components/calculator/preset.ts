import type { EstimateRequestInput } from '@/lib/contracts/estimate'

/** The tables of the ML CO2 Impact calculator, handed over by the page. */
export interface MlCo2 {
  source: string
  devices: readonly { name: string; watts: number }[]
  providers: Readonly<Record<string, string>>
  regions: readonly { provider: string; region: string; place: string; gPerKwh: number; source: string }[]
}

export interface Preset {
  request: EstimateRequestInput
  /** In words: what is multiplied. Null while a choice is missing. */
  words: string | null
  /** Where its intensity comes from, in the words of its table. */
  intensitySource: string | null
}

/**
 * What the ML CO2 Impact calculator reckons: power at full load × hours × the region's intensity, and nothing else: no PUE, no hardware.
 * 700 W × 100 h × 367.8 g/kWh → 25.7 kg.
 */
export const mlCo2Preset = (
  tables: MlCo2,
  { hardware, count, hours, region }: { hardware: string; count: number | null; hours: number | null; region: string },
): Preset => {
  const device = tables.devices.find((one) => one.name === hardware)
  const place = tables.regions.find((one) => `${one.provider}:${one.region}` === region)
  const request: EstimateRequestInput = {
    ...(device ? { watts: device.watts } : {}),
    ...(count === null ? {} : { count }),
    ...(hours === null ? {} : { hours }),
    ...(place ? { grid_g_per_kwh: place.gPerKwh } : {}),
    energy_boundary: 'facility',
    embodied: null,
  }
  return {
    request,
    words:
      device && place && hours !== null
        ? `${device.watts} W × ${count !== null && count !== 1 ? `${count} × ` : ''}${hours} h × ${place.gPerKwh} g/kWh`
        : null,
    intensitySource: place?.source || null,
  }
}
