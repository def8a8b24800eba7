import type { AssetFields } from '@/lib/contracts/assets'

export const KIND_WORDS: Record<AssetFields['kind'], string> = {
  accelerator: 'Accelerator',
  server: 'Server',
  storage: 'Storage',
  network: 'Network',
  other: 'Other',
}

export const BASIS_WORDS: Record<NonNullable<AssetFields['embodied_basis']>, string> = {
  pcf: 'Product footprint',
  'bottom-up': 'Bottom-up',
  'category-default': 'Category default',
  mass: 'By mass',
  proxy: 'Proxy',
}

export const RETIREMENT_WORDS: Record<NonNullable<AssetFields['retirement']>, string> = {
  second_life: 'Second life',
  recycled: 'Recycled',
  landfill: 'Landfill',
  returned: 'Returned to lessor',
}

export const optionsOf = <Key extends string>(words: Record<Key, string>): { value: string; label: string }[] =>
  Object.entries<string>(words).map(([value, label]) => ({ value, label }))
