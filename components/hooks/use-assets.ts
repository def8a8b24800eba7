'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type AssetFields, assetEditAnswerSchema, type ServerParts, serverEstimateSchema } from '@/lib/contracts/assets'
import { callApi, jsonBody } from '../forms/call-api'

/** POST /api/v1/assets, or PUT of the one that is open; the page is read again afterwards. */
export const useSaveAsset = (org: string, assetId: string | null) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: AssetFields) =>
      assetId === null
        ? callApi('/api/v1/assets', org, assetEditAnswerSchema, jsonBody('POST', fields))
        : callApi(`/api/v1/assets/${assetId}`, org, assetEditAnswerSchema, jsonBody('PUT', fields)),
    onSuccess: (answer) => {
      if (assetId === null) router.push(`/o/${org}/hardware/${answer.asset_id}`)
      router.refresh()
    },
  })
}

/** DELETE /api/v1/assets/[asset], and POST …/restore, which undoes it. */
export const useRemoveAsset = (org: string, assetId: string) => {
  const router = useRouter()
  const onSuccess = () => router.refresh()
  const remove = useMutation({
    mutationFn: () => callApi(`/api/v1/assets/${assetId}`, org, assetEditAnswerSchema, { method: 'DELETE' }),
    onSuccess,
  })
  const restore = useMutation({
    mutationFn: () => callApi(`/api/v1/assets/${assetId}/restore`, org, assetEditAnswerSchema, { method: 'POST' }),
    onSuccess,
  })
  return { remove, restore }
}

/** POST /api/v1/assets/bottom-up: computed on the server, from the library's coefficients; stores nothing. */
export const useServerEstimate = (org: string) =>
  useMutation({
    mutationFn: (parts: ServerParts) =>
      callApi('/api/v1/assets/bottom-up', org, serverEstimateSchema, jsonBody('POST', parts)),
  })
