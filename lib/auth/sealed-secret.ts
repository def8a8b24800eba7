import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

/** Comes in: a secret that a connector needs again, such as a token. Goes out: bytes that open only in their own place. */

const NONCE = 12
const TAG = 16

/** Where a secret belongs. Moved to another organisation, connector or field it does not open. */
export interface SealPlace {
  orgId: string
  connectorId: string
  field: string
}

export interface SealedSecret {
  sealed: Buffer
  keyVersion: number
}

interface SealingKey {
  version: number
  key: Buffer
}

/** `secret`, or `2:new 1:old` after a change: the first seals, each opens what it sealed. */
const sealingKeys = (): SealingKey[] => {
  const given = env().SEALING_KEY?.split(/\s+/).filter(Boolean) ?? []
  const keys = given.map((text) => {
    const [, version = '1', secret = text] = /^(\d{1,4}):(.+)$/.exec(text) ?? []
    if (secret.length < 32) throw sealingRefusal('SEALING_KEY is too short: it needs 32 characters or more.')
    return { version: Number(version), key: derived(secret, Number(version)) }
  })
  if (keys.length === 0) throw sealingRefusal('SEALING_KEY is not set, so secrets cannot be kept.')
  return keys
}

const sealingRefusal = (detail: string): AppError =>
  new AppError('unavailable', `${detail} The operator sets it (docs/operations.md).`)

const derived = (secret: string, version: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `wattledger connector secrets ${version}`, 32))

const placeBytes = ({ orgId, connectorId, field }: SealPlace, version: number): Buffer =>
  Buffer.from(JSON.stringify([orgId, connectorId, field, version]))

/** AES-256-GCM with the place as associated data: nonce, tag, ciphertext. @throws AppError unavailable (no SEALING_KEY) */
export const sealSecret = (place: SealPlace, secret: string): SealedSecret => {
  const [current] = sealingKeys()
  if (!current) throw sealingRefusal('SEALING_KEY is not set, so secrets cannot be kept.')
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(placeBytes(place, current.version))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]), keyVersion: current.version }
}

/** @throws AppError conflict when the bytes are of another place or key, or were changed */
export const openSecret = (place: SealPlace, { sealed, keyVersion }: SealedSecret): string => {
  const key = sealingKeys().find((one) => one.version === keyVersion)?.key
  if (!key) throw unopened()
  try {
    const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(placeBytes(place, keyVersion))
      .setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([opening.update(sealed.subarray(NONCE + TAG)), opening.final()]).toString('utf8')
  } catch {
    throw unopened()
  }
}

const unopened = (): AppError =>
  new AppError('conflict', 'The secret was sealed with another SEALING_KEY. Enter it again.')
