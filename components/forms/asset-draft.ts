import type { AssetFields } from '@/lib/contracts/assets'

/** An asset as its form holds it: what was typed, empty for what is not known. */
export type AssetDraft = Record<keyof AssetFields, string>

export const NUMBERS = [
  'units',
  'devices_per_unit',
  'life_years',
  'planned_use',
  'embodied_kg',
  'embodied_u95',
  'mass_kg',
  'tdp_w',
  'idle_w',
  'peak_tflops',
] as const
type NumberField = (typeof NUMBERS)[number]
const isNumberField = (name: string): name is NumberField => (NUMBERS as readonly string[]).includes(name)

export const EMPTY_DRAFT: AssetDraft = {
  name: '',
  hardware: '',
  kind: 'server',
  site: '',
  units: '1',
  devices_per_unit: '1',
  purchased_on: '',
  in_service_on: '',
  retired_on: '',
  retirement: '',
  is_second_life: 'no',
  life_years: '4',
  planned_use: '1',
  embodied_kg: '',
  embodied_basis: '',
  embodied_source: '',
  embodied_factor: '',
  embodied_u95: '',
  mass_kg: '',
  tdp_w: '',
  idle_w: '',
  peak_tflops: '',
  note: '',
}

export const draftOf = (fields: AssetFields): AssetDraft =>
  // Guaranteed by the contract: the same keys.
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : value === null ? '' : String(value),
    ]),
  ) as AssetDraft

/** `1,29` and `1.29` alike; null when left empty, NaN when it is no number. */
export const numberOf = (text: string): number | null =>
  text.trim() === '' ? null : Number(text.trim().replace(',', '.'))

/** What would be sent, and which fields hold no number. The contract on the server judges the rest. */
export const fieldsOfDraft = (draft: AssetDraft): { fields: AssetFields; noNumbers: NumberField[] } => {
  const entries = Object.entries(draft).map(([name, text]): [string, unknown] => {
    if (name === 'is_second_life') return [name, text === 'yes']
    if (isNumberField(name)) return [name, numberOf(text)]
    return [name, text.trim() === '' ? null : text.trim()]
  })
  const noNumbers = NUMBERS.filter((name) => Number.isNaN(numberOf(draft[name])))
  // What is missing is null here and refused there, by its field.
  return { fields: Object.fromEntries(entries) as AssetFields, noNumbers }
}
