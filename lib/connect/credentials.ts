import { OutboundError } from './outbound-error'
import type { Turn } from './turn'

/** Headers that carry a secret, by the way in which it is given. */

export const needed = (turn: Turn, field: string): string => {
  const value = turn.secret?.[field]
  if (!value) throw new OutboundError('denied', 'No key is kept for this connector. Enter one.')
  return value
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

export const basic = (username: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})

/** Every form in which a secret travels, so that none of them is repeated in words. */
export const formsOf = (secret: Record<string, string> | null): string[] => {
  if (!secret) return []
  const { username, password } = secret
  const pair = username && password ? [Buffer.from(`${username}:${password}`).toString('base64')] : []
  return [...Object.entries(secret).flatMap(([field, value]) => (field === 'username' ? [] : [value])), ...pair]
}
