import { expect, test } from 'vitest'
import { estimateRequestSchema } from '@/lib/contracts/estimate'
import { ML_CO2_DEVICES, ML_CO2_PROVIDERS, ML_CO2_REGIONS, ML_CO2_SOURCE } from '@/lib/factors/ml-co2-impact'
import { mlCo2Preset } from './preset'

const tables = {
  source: ML_CO2_SOURCE,
  devices: ML_CO2_DEVICES.map(([name, watts]) => ({ name, watts })),
  providers: ML_CO2_PROVIDERS,
  regions: ML_CO2_REGIONS,
}

test('its preset asks for power × hours × the region’s intensity, and nothing that would be added to it', () => {
  for (const { name, watts } of tables.devices)
    for (const { provider, region, gPerKwh } of tables.regions) {
      const { request } = mlCo2Preset(tables, {
        hardware: name,
        count: null,
        hours: 100,
        region: `${provider}:${region}`,
      })
      expect(request).toEqual({
        watts,
        hours: 100,
        grid_g_per_kwh: gPerKwh,
        energy_boundary: 'facility',
        embodied: null,
      })
      expect(estimateRequestSchema.safeParse(request).success).toBe(true)
    }
})

test('its tables name each device and region once, and every provider', () => {
  expect(new Set(tables.devices.map((one) => one.name)).size).toBe(tables.devices.length)
  expect(new Set(tables.regions.map((one) => `${one.provider}:${one.region}`)).size).toBe(tables.regions.length)
  expect(tables.regions.every((one) => one.provider in tables.providers)).toBe(true)
})

test('says nothing of what was not chosen', () => {
  expect(mlCo2Preset(tables, { hardware: '', count: 8, hours: null, region: '' })).toEqual({
    request: { count: 8, energy_boundary: 'facility', embodied: null },
    words: null,
    intensitySource: null,
  })
})
