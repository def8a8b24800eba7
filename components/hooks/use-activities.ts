'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import {
  type ActivityFields,
  type ActivityKind,
  activityFactorListSchema,
  activityLineSchema,
} from '@/lib/contracts/activity-lines'
import { callApi, jsonBody } from '../forms/call-api'

/** GET /api/v1/activity-lines/factors: what a line of a kind can be multiplied by. */
export const useActivityFactors = (org: string, kind: ActivityKind) =>
  useQuery({
    queryKey: ['activity-factors', org, kind],
    queryFn: async ({ signal }) =>
      (await callApi('/api/v1/activity-lines/factors', org, activityFactorListSchema, { query: { kind }, signal }))
        .factors,
    staleTime: 300_000,
  })

/** POST /api/v1/activity-lines, or PUT of the one that is open: a correction is a revision. */
export const useSaveActivity = (org: string, activityId: string | null) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: ActivityFields) =>
      activityId === null
        ? callApi('/api/v1/activity-lines', org, activityLineSchema, jsonBody('POST', fields))
        : callApi(`/api/v1/activity-lines/${activityId}`, org, activityLineSchema, jsonBody('PUT', fields)),
    onSuccess: (line) => {
      if (activityId === null) router.push(`/o/${org}/activities/${line.activity_id}`)
      router.refresh()
    },
  })
}

/** DELETE with a reason: the line counts no more, and stays in the books. */
export const useVoidActivity = (org: string, activityId: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (reason: string) =>
      callApi(`/api/v1/activity-lines/${activityId}`, org, activityLineSchema, {
        method: 'DELETE',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason }),
      }),
    onSuccess: () => router.refresh(),
  })
}
