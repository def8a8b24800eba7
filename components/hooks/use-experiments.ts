'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ExperimentFields, experimentSchema } from '@/lib/contracts/experiments'
import { callApi, jsonBody } from '../forms/call-api'

/** PUT /api/v1/experiments/[id]; the page is read again afterwards. */
export const useEditExperiment = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: ({ id, fields }: { id: string; fields: ExperimentFields }) =>
      callApi(`/api/v1/experiments/${encodeURIComponent(id)}`, org, experimentSchema, jsonBody('PUT', fields)),
    onSuccess: () => router.refresh(),
  })
}
