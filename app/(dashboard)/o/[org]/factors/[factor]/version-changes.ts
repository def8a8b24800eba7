import type { FactorVersion } from '@/lib/rollups/factor-detail'
import { factorNumber, statusWords } from '../_shared/words'

export interface VersionChange {
  label: string
  before: string
  after: string
}

const LABELS: [keyof FactorVersion, string][] = [
  ['value', 'Value'],
  ['unit', 'Unit'],
  ['basis', 'Basis'],
  ['year', 'Year'],
  ['valid_from', 'Valid from'],
  ['valid_to', 'Valid to'],
  ['gases', 'Gases'],
  ['gwp_set', 'GWP set'],
  ['u95', '95 % interval'],
  ['source', 'Source'],
  ['source_url', 'Address'],
  ['licence', 'Licence'],
  ['status', 'Status'],
  ['note', 'Note'],
]

const told = (key: keyof FactorVersion, value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  if (key === 'status') return statusWords(String(value))
  return typeof value === 'number' && key !== 'year' ? factorNumber(value) : String(value)
}

/** What two versions say differently, number first; attributes are compared by name. */
export const changesBetween = (before: FactorVersion, after: FactorVersion): VersionChange[] => {
  const plain = LABELS.flatMap(([key, label]) =>
    before[key] === after[key] ? [] : [{ label, before: told(key, before[key]), after: told(key, after[key]) }],
  )
  const [was, is] = [
    { ...before.gases_kg, ...before.attributes },
    { ...after.gases_kg, ...after.attributes },
  ]
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const more = keys.flatMap((key) => {
    const [one, two] = [was[key], is[key]]
    return one === two
      ? []
      : [
          {
            label: key.replaceAll('_', ' '),
            before: one === undefined ? 'none' : String(one),
            after: two === undefined ? 'none' : String(two),
          },
        ]
  })
  return [...plain, ...more]
}
