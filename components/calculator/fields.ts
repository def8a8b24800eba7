/** Every input of POST /api/v1/estimate as one text field of the form; its key is that of the address too. */

export interface InputField {
  /** Key in the address. */
  key: string
  /** Path in the request. */
  path: string
  label: string
  unit?: string
  kind: 'number' | 'text' | 'choice'
  /** Of a choice; the first is "not said". */
  options?: readonly { value: string; label: string }[]
  placeholder?: string
  help?: string
  /** A stage may say it for itself. */
  ofStage?: boolean
}

const choice = (...pairs: [value: string, label: string][]) => pairs.map(([value, label]) => ({ value, label }))

export interface FieldGroup {
  title: string
  fields: readonly InputField[]
}

/** hardware, count, hours and cloud_region stand in the start row. */
export const START_FIELDS: readonly InputField[] = [
  { key: 'hardware', path: 'hardware', label: 'Hardware', kind: 'text' },
  { key: 'count', path: 'count', label: 'Devices', kind: 'number', placeholder: '1', ofStage: true },
  { key: 'hours', path: 'hours', label: 'Hours', unit: 'h', kind: 'number', ofStage: true },
  { key: 'cloud_region', path: 'cloud_region', label: 'Region', kind: 'text' },
]

export const GROUPS: readonly FieldGroup[] = [
  {
    title: 'Energy',
    fields: [
      {
        key: 'energy_kwh',
        path: 'energy_kwh',
        label: 'Energy',
        unit: 'kWh',
        kind: 'number',
        help: 'Goes before hours and power',
        ofStage: true,
      },
      {
        key: 'energy_boundary',
        path: 'energy_boundary',
        label: 'Metered at',
        kind: 'choice',
        options: choice(['', 'Not said: IT'], ['it', 'IT equipment'], ['facility', 'Facility, overhead inside']),
        ofStage: true,
      },
      { key: 'watts', path: 'watts', label: 'Power of a device', unit: 'W', kind: 'number', ofStage: true },
      { key: 'idle_watts', path: 'idle_watts', label: 'Idle power', unit: 'W', kind: 'number' },
      {
        key: 'utilisation',
        path: 'utilisation',
        label: 'Utilisation',
        kind: 'number',
        placeholder: '0 … 1',
        ofStage: true,
      },
      {
        key: 'power_model',
        path: 'power_model',
        label: 'Power model',
        kind: 'choice',
        options: choice(['', 'Not said: linear'], ['linear', 'Linear'], ['tdp-curve', 'TDP curve']),
      },
      { key: 'pue', path: 'pue', label: 'PUE', kind: 'number', placeholder: '1.2', ofStage: true },
    ],
  },
  {
    title: 'Work',
    fields: [
      { key: 'flops', path: 'flops', label: 'FLOPs', kind: 'number', placeholder: '3.1e23', ofStage: true },
      { key: 'parameters', path: 'flops.parameters', label: 'or parameters', kind: 'number', placeholder: '7e9' },
      { key: 'tokens', path: 'flops.tokens', label: 'and tokens', kind: 'number', placeholder: '1.4e12' },
      {
        key: 'rule',
        path: 'flops.rule',
        label: 'FLOPs each',
        kind: 'choice',
        options: choice(
          ['', 'Not said: 6 (training)'],
          ['6ND', '6, training'],
          ['8ND', '8, recomputed'],
          ['2ND', '2, inference'],
        ),
      },
      { key: 'mfu', path: 'mfu', label: 'MFU', kind: 'number', placeholder: '0 … 1' },
      { key: 'peak_tflops', path: 'peak_tflops', label: 'Dense peak', unit: 'TFLOP/s', kind: 'number' },
    ],
  },
  {
    title: 'Place and time',
    fields: [
      { key: 'grid_zone', path: 'grid_zone', label: 'Grid zone', kind: 'text', placeholder: 'DE', ofStage: true },
      {
        key: 'grid_g_per_kwh',
        path: 'grid_g_per_kwh',
        label: 'Grid intensity',
        unit: 'g/kWh',
        kind: 'number',
        ofStage: true,
      },
      {
        key: 'start',
        path: 'start',
        label: 'Start, UTC',
        kind: 'text',
        placeholder: '2026-03-01T08:00:00Z',
        help: 'With it the grid’s real hours are used',
      },
    ],
  },
  {
    title: 'Market-based',
    fields: [
      { key: 'market_g_per_kwh', path: 'market_g_per_kwh', label: 'Supplier rate', unit: 'g/kWh', kind: 'number' },
      {
        key: 'residual_g_per_kwh',
        path: 'residual_g_per_kwh',
        label: 'Residual mix',
        unit: 'g/kWh',
        kind: 'number',
        placeholder: 'none = there is none',
      },
      {
        key: 'instruments',
        path: 'instruments',
        label: 'Instruments, MWh @ g/kWh',
        kind: 'text',
        placeholder: '10 @ 0, 5 @ 20',
      },
    ],
  },
  {
    title: 'Hardware',
    fields: [
      {
        key: 'embodied_kg',
        path: 'embodied.kg_per_device',
        label: 'Embodied, one device',
        unit: 'kg',
        kind: 'number',
        placeholder: 'none = left out',
      },
      {
        key: 'life_hours',
        path: 'embodied.life_hours',
        label: 'Life',
        unit: 'h',
        kind: 'number',
        placeholder: '35040',
      },
      { key: 'share', path: 'embodied.share', label: 'Share of it', kind: 'number', placeholder: '1' },
    ],
  },
  {
    title: 'Water, money, unit',
    fields: [
      { key: 'wue_l_per_kwh', path: 'wue_l_per_kwh', label: 'WUE on site', unit: 'L/kWh', kind: 'number' },
      {
        key: 'source_wue_l_per_kwh',
        path: 'source_wue_l_per_kwh',
        label: 'WUE of power',
        unit: 'L/kWh',
        kind: 'number',
      },
      { key: 'price_per_t', path: 'price_per_t', label: 'Carbon price', unit: 'per t', kind: 'number' },
      { key: 'usd_per_hour', path: 'usd_per_hour', label: 'Price of a device', unit: '$/h', kind: 'number' },
      {
        key: 'unit_name',
        path: 'functional_unit.name',
        label: 'Functional unit',
        kind: 'text',
        placeholder: 'request',
      },
      { key: 'unit_count', path: 'functional_unit.count', label: 'How many', kind: 'number' },
    ],
  },
]

export const FIELDS: readonly InputField[] = [...START_FIELDS, ...GROUPS.flatMap((group) => group.fields)]
export const STAGE_FIELDS: readonly InputField[] = FIELDS.filter((field) => field.ofStage)
