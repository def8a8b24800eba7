import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PATTERN = /^wl_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/

const random = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(62)]).join('')

const checksum = (text: string): string => {
  let rest = crc32(text)
  let digits = ''
  for (let i = 0; i < 6; i++) {
    digits = ALPHABET[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/**
 * `wl_<8 id>_<43 secret><6 crc>`: 43 base-62 digits are 256 bits, so a fast digest is enough and no slow hash is a lever for denial
 * of service. The checksum lets a scanner and a typing mistake be told from a real key without the database.
 */
export const newKeySecret = (): { keyId: string; secret: string; digest: Buffer } => {
  const keyId = random(8)
  const body = `wl_${keyId}_${random(43)}`
  const secret = `${body}${checksum(body)}`
  return { keyId, secret, digest: digestOf(secret) }
}

/** The id inside a well-formed key, or null. */
export const keyIdOf = (secret: string): string | null => {
  const match = PATTERN.exec(secret)
  if (!match) return null
  const body = secret.slice(0, -6)
  return checksum(body) === match[3] ? (match[1] ?? null) : null
}

export const sameDigest = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
