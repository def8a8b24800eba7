'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { callApi, jsonBody } from '@/components/forms/call-api'
import {
  type RejectedAnswer,
  type ReplayRequest,
  rejectedAnswerSchema,
  replayAnswerSchema,
} from '@/lib/contracts/source-items'

/** GET /api/v1/sources/[source]/rejected */
export const useRejected = (org: string, source: string, initial: RejectedAnswer) =>
  useQuery({
    queryKey: ['rejected', org, source],
    queryFn: ({ signal }) => callApi(`/api/v1/sources/${source}/rejected`, org, rejectedAnswerSchema, { signal }),
    initialData: initial,
    refetchInterval: 15_000,
  })

/** POST /api/v1/sources/[source]/replay */
export const useReplay = (org: string, source: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: ReplayRequest) =>
      callApi(`/api/v1/sources/${source}/replay`, org, replayAnswerSchema, jsonBody('POST', asked)),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['rejected', org, source] }),
        client.invalidateQueries({ queryKey: ['sources', org] }),
      ]),
  })
}
