'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import {
  type CarbonPriceFields,
  carbonPriceSchema,
  type Settings,
  settingsEditAnswerSchema,
} from '@/lib/contracts/settings'
import { callApi, jsonBody } from '../forms/call-api'

/** PUT /api/v1/settings; the page is read again afterwards. */
export const useEditSettings = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (settings: Settings) =>
      callApi('/api/v1/settings', org, settingsEditAnswerSchema, jsonBody('PUT', settings)),
    onSuccess: () => router.refresh(),
  })
}

/** POST /api/v1/carbon-prices, or PUT of one. */
export const useSaveCarbonPrice = (org: string, priceId: string | null) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (price: CarbonPriceFields) =>
      priceId === null
        ? callApi('/api/v1/carbon-prices', org, carbonPriceSchema, jsonBody('POST', price))
        : callApi(`/api/v1/carbon-prices/${priceId}`, org, carbonPriceSchema, jsonBody('PUT', price)),
    onSuccess: () => router.refresh(),
  })
}

/** DELETE, and POST …/restore, which undoes it. */
export const useRemoveCarbonPrice = (org: string) => {
  const router = useRouter()
  const onSuccess = () => router.refresh()
  const remove = useMutation({
    mutationFn: (priceId: string) =>
      callApi(`/api/v1/carbon-prices/${priceId}`, org, carbonPriceSchema, { method: 'DELETE' }),
    onSuccess,
  })
  const restore = useMutation({
    mutationFn: (priceId: string) =>
      callApi(`/api/v1/carbon-prices/${priceId}/restore`, org, carbonPriceSchema, { method: 'POST' }),
    onSuccess,
  })
  return { remove, restore }
}
