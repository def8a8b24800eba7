'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import {
  acceptanceAnswerSchema,
  acceptancesAnswerSchema,
  type FactorsAnswer,
  factorsAnswerSchema,
  type OwnFactorFields,
  ownFactorAnswerSchema,
} from '@/lib/contracts/factors'
import { callApi, jsonBody } from '../forms/call-api'

/** GET /api/v1/factors, page after page. `query` holds the filters; the first page comes from the server. */
export const useFactors = (org: string, query: string, initial: FactorsAnswer) =>
  useInfiniteQuery({
    queryKey: ['factors', org, query],
    queryFn: ({ pageParam, signal }): Promise<FactorsAnswer> =>
      callApi('/api/v1/factors', org, factorsAnswerSchema, {
        signal,
        query: {
          ...Object.fromEntries(new URLSearchParams(query)),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    initialData: { pages: [initial], pageParams: [null] },
  })

const pathOf = (id: string): string => `/api/v1/factors/${encodeURIComponent(id)}`

export const useStoreFactor = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: OwnFactorFields) =>
      callApi('/api/v1/factors', org, ownFactorAnswerSchema, jsonBody('POST', fields)),
    onSuccess: () => router.refresh(),
  })
}

export const useWithdrawFactor = (org: string, id: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: () => callApi(pathOf(id), org, ownFactorAnswerSchema, { method: 'DELETE' }),
    onSuccess: () => router.refresh(),
  })
}

export const useAcceptFactor = (org: string, id: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (asked: { version: number; note: string | null }) =>
      callApi(`${pathOf(id)}/acceptance`, org, acceptanceAnswerSchema, jsonBody('POST', asked)),
    onSuccess: () => router.refresh(),
  })
}

export const useAcceptFactors = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (factors: { id: string; version: number }[]) =>
      callApi('/api/v1/factors/acceptances', org, acceptancesAnswerSchema, jsonBody('POST', { factors, note: null })),
    onSuccess: () => router.refresh(),
  })
}
