import type { Key, KeyScope } from '@/lib/contracts/api-keys'
import type { ProjectTokenCreate } from '@/lib/contracts/codecarbon'
import { contentId } from '@/lib/db/ids'
import { addApiKey, apiKeys, endApiKey } from '@/lib/registry/api-keys'
import type { CodecarbonSender } from './codecarbon'
import { notFound } from './codecarbon-catalogue'

/** CodeCarbon's project tokens are API keys: the secret is in the answer that makes one, and nowhere else. */

const SCOPES: Record<1 | 2 | 3, KeyScope[]> = { 1: ['read'], 2: ['ingest'], 3: ['ingest', 'read'] }

/** Clients read a UUID here. */
const tokenId = (orgId: string, key: Key): string => contentId('codecarbon-token', [orgId, key.key_id])

const accessOf = ({ scopes }: Key): 1 | 2 | 3 => {
  if (scopes.includes('admin')) return 3
  return scopes.includes('ingest') ? (scopes.includes('read') ? 3 : 2) : 1
}

const asTokenAnswer = (orgId: string, key: Key, secret: string | null) => ({
  id: tokenId(orgId, key),
  project_id: orgId,
  name: key.name,
  token: secret,
  last_used: key.last_used_at,
  access: accessOf(key),
  revoked: key.revoked_at !== null,
})

const refuseOther = (actor: CodecarbonSender, projectId: string): void => {
  if (projectId !== actor.orgId) throw notFound('Project')
}

const authorOf = (actor: CodecarbonSender) => ({ kind: 'key' as const, id: actor.keyId ?? '' })

export const tokenAnswers = async (actor: CodecarbonSender, projectId: string) => {
  refuseOther(actor, projectId)
  return (await apiKeys(actor.orgId)).map((key) => asTokenAnswer(actor.orgId, key, null))
}

export const addToken = async (actor: CodecarbonSender, projectId: string, wanted: ProjectTokenCreate) => {
  refuseOther(actor, projectId)
  const name = wanted.name ?? 'CodeCarbon'
  const made = await addApiKey(actor.orgId, { name, scopes: SCOPES[wanted.access] }, authorOf(actor))
  return asTokenAnswer(actor.orgId, made.key, made.secret)
}

export const endToken = async (actor: CodecarbonSender, projectId: string, id: string) => {
  refuseOther(actor, projectId)
  const key = (await apiKeys(actor.orgId)).find((one) => tokenId(actor.orgId, one) === id || one.key_id === id)
  if (!key) throw notFound('Token')
  await endApiKey(actor.orgId, key.key_id, authorOf(actor))
}
