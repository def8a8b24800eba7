import { createHash } from 'node:crypto'

/** Canonical JSON: keys sorted, no spaces, big integers as strings. The same facts give the same bytes in every process. */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'bigint') return `"${value}"`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** Hex SHA-256 of the canonical facts. A PDF cannot hold its own digest; it prints this one. */
export const factsSha256 = (facts: unknown): string => createHash('sha256').update(canonicalJson(facts)).digest('hex')
