'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type SiteFields, siteEditAnswerSchema } from '@/lib/contracts/sites'
import { callApi, jsonBody } from '../forms/call-api'

/** PUT /api/v1/sites/[site]; the page is read again afterwards. */
export const useEditSite = (org: string, slug: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: SiteFields) =>
      callApi(`/api/v1/sites/${encodeURIComponent(slug)}`, org, siteEditAnswerSchema, jsonBody('PUT', fields)),
    onSuccess: () => router.refresh(),
  })
}
