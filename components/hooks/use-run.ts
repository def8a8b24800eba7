'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type RunFields, runViewSchema } from '@/lib/contracts/runs'
import { callApi, jsonBody } from '../forms/call-api'

/** PUT /api/v1/runs/[run]; the page is read again afterwards. */
export const useEditRun = (org: string, run: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: RunFields) =>
      callApi(`/api/v1/runs/${encodeURIComponent(run)}`, org, runViewSchema, jsonBody('PUT', fields)),
    onSuccess: () => router.refresh(),
  })
}
