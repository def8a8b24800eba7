import { createHash } from 'node:crypto'
import { v7 } from 'uuid'

/** A new id in the order of time: inserts stay at the end of their index. */
export const newId = (): string => v7()

/**
 * The id of content that never changes (RFC 9562 version 8 over SHA-256): a series, an attribution or a ledger entry has the same
 * id wherever and whenever it is written, so writers need not agree first.
 */
export const contentId = (kind: string, parts: (string | number | boolean | null)[]): string => {
  const bytes = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
