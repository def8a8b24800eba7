'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ModelFields, modelViewSchema } from '@/lib/contracts/models'
import { callApi, jsonBody } from '../forms/call-api'

/** PUT /api/v1/models/[model]; the page is read again afterwards. */
export const useEditModel = (org: string, model: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: ModelFields) =>
      callApi(`/api/v1/models/${encodeURIComponent(model)}`, org, modelViewSchema, jsonBody('PUT', fields)),
    onSuccess: () => router.refresh(),
  })
}
