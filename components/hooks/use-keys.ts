'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  createdKeySchema,
  type createKeyRequestSchema,
  type Key,
  keyListSchema,
  keySchema,
} from '@/lib/contracts/api-keys'
import { callApi, jsonBody } from '../forms/call-api'

const keyOf = (org: string) => ['keys', org] as const

/** GET /api/v1/keys */
export const useKeys = (org: string, initial: Key[]) =>
  useQuery({
    queryKey: keyOf(org),
    queryFn: async ({ signal }) => (await callApi('/api/v1/keys', org, keyListSchema, { signal })).keys,
    initialData: initial,
  })

/** POST /api/v1/keys: the answer holds the secret, this once. */
export const useCreateKey = (org: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wanted: z.input<typeof createKeyRequestSchema>) =>
      callApi('/api/v1/keys', org, createdKeySchema, jsonBody('POST', wanted)),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(org) }),
    // The secret must not stay in memory longer than its dialog.
    gcTime: 0,
  })
}

/** DELETE /api/v1/keys/[key] revokes it for good. */
export const useRevokeKey = (org: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (keyId: string) => callApi(`/api/v1/keys/${keyId}`, org, keySchema, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(org) }),
  })
}
