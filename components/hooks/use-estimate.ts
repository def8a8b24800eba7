'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type EstimateRequestInput, estimateAnswerSchema } from '@/lib/contracts/estimate'
import { callApi, jsonBody } from '../forms/call-api'

/** POST /api/v1/estimate; the earlier answer stays in sight while the next one is reckoned. Nothing is stored. */
export const useEstimate = (org: string, request: EstimateRequestInput, enabled: boolean) =>
  useQuery({
    queryKey: ['estimate', org, JSON.stringify(request)],
    queryFn: ({ signal }) =>
      callApi('/api/v1/estimate', org, estimateAnswerSchema, { ...jsonBody('POST', request), signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
    enabled,
  })
