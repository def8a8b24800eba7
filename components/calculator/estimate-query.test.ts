import { describe, expect, test } from 'vitest'
import { estimateRequestSchema } from '@/lib/contracts/estimate'
import { askedOf, curlOf, queryOfAsked, requestOf } from './estimate-query'
import { FIELDS } from './fields'

const asked = (text: string) => askedOf(new URLSearchParams(text))

describe('the address of the calculator', () => {
  test('holds all that was typed, stages too, and reads back the same', () => {
    const typed = Object.fromEntries(FIELDS.map((field, at) => [field.key, field.options?.[1]?.value ?? `${at + 1}`]))
    const state = { typed, stages: [{ name: 'Fine; tuning: 1', typed: { hours: '40', grid_zone: 'DE' } }] }
    expect(askedOf(queryOfAsked(state))).toEqual(state)
    expect(askedOf(new URLSearchParams(queryOfAsked(state).toString()))).toEqual(state)
  })

  test('keeps nothing empty, and lets an unknown key be', () => {
    expect(queryOfAsked({ typed: { hours: ' ', count: '8' }, stages: [] }).toString()).toBe('count=8')
    expect(asked('count=8&colour=red')).toEqual({ typed: { count: '8' }, stages: [] })
    expect(asked('stage=train;hours:4;colour:red;%E0%A4%A:1')).toEqual({
      typed: {},
      stages: [{ name: 'train', typed: { hours: '4' } }],
    })
  })
})

describe('what is asked of the API', () => {
  test('has every input under the name of the contract', () => {
    const { request, problems } = requestOf(
      asked(
        'hardware=H100&count=8&hours=12.5&cloud_region=aws:eu-west-1&watts=650&idle_watts=70&utilisation=0.8&power_model=linear&pue=1,15' +
          '&parameters=7e9&tokens=1.4e12&rule=6ND&mfu=0.4&peak_tflops=989.4&grid_zone=DE&grid_g_per_kwh=320&start=2026-03-01T08:00:00Z' +
          '&market_g_per_kwh=50&residual_g_per_kwh=none&instruments=10 @ 0, 5@20.5&embodied_kg=164&life_hours=35040&share=0.5' +
          '&wue_l_per_kwh=0.2&source_wue_l_per_kwh=3.1&price_per_t=100&usd_per_hour=2.5&unit_name=request&unit_count=1e6' +
          '&energy_kwh=5&energy_boundary=it',
      ),
    )
    expect(problems).toEqual({})
    expect(request).toEqual({
      hardware: 'H100',
      count: 8,
      hours: 12.5,
      cloud_region: 'aws:eu-west-1',
      watts: 650,
      idle_watts: 70,
      utilisation: 0.8,
      power_model: 'linear',
      pue: 1.15,
      flops: { parameters: 7e9, tokens: 1.4e12, rule: '6ND', mfu: 0.4 },
      peak_tflops: 989.4,
      grid_zone: 'DE',
      grid_g_per_kwh: 320,
      start: '2026-03-01T08:00:00Z',
      market_g_per_kwh: 50,
      residual_g_per_kwh: null,
      instruments: [
        { mwh: 10, g_per_kwh: 0 },
        { mwh: 5, g_per_kwh: 20.5 },
      ],
      embodied: { kg_per_device: 164, life_hours: 35040, share: 0.5 },
      wue_l_per_kwh: 0.2,
      source_wue_l_per_kwh: 3.1,
      price_per_t: 100,
      usd_per_hour: 2.5,
      functional_unit: { name: 'request', count: 1e6 },
      energy_kwh: 5,
      energy_boundary: 'it',
    })
    expect(estimateRequestSchema.safeParse(request).success).toBe(true)
  })

  test('every field of the contract can be typed', () => {
    const typable = new Set(FIELDS.map((field) => field.path.split('.')[0]))
    const contract = Object.keys(estimateRequestSchema.shape).filter((key) => key !== 'stages')
    expect(contract.filter((key) => !typable.has(key))).toEqual([])
  })

  test('leaves hardware out where none is said, and a typed value goes before a preset', () => {
    expect(requestOf(asked('embodied_kg=none&life_hours=100')).request).toEqual({ embodied: null })
    expect(requestOf(asked('watts=300'), { watts: 700, hours: 10 }).request).toEqual({ watts: 300, hours: 10 })
  })

  test('names what cannot be read by its field', () => {
    const { problems } = requestOf(asked('hours=many&pue=0.5&instruments=ten&stage=a;hours:x;pue:9'))
    expect(Object.keys(problems).sort()).toEqual(['hours', 'instruments', 'pue', 'stage.0.hours', 'stage.0.pue'])
  })

  test('a shell gets it whole, quotes and all', () => {
    expect(curlOf('https://x.example', { hardware: "a'b" })).toContain(`'{"hardware":"a'\\''b"}'`)
  })
})
