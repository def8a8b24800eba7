'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { callApi, jsonBody } from '@/components/forms/call-api'
import { mappingPreviewAnswerSchema, type SourceMapping, sourceMappingAnswerSchema } from '@/lib/contracts/mapping'

/** GET /api/v1/sources/[source]/mapping */
export const useMapping = (org: string, source: string) =>
  useQuery({
    queryKey: ['mapping', org, source],
    queryFn: ({ signal }) => callApi(`/api/v1/sources/${source}/mapping`, org, sourceMappingAnswerSchema, { signal }),
  })

/** POST …/mapping/preview: what the series last seen would become. Stores nothing. */
export const usePreview = (org: string, source: string, tried: SourceMapping | null) =>
  useQuery({
    queryKey: ['mapping-preview', org, source, JSON.stringify(tried)],
    queryFn: ({ signal }) =>
      callApi(`/api/v1/sources/${source}/mapping/preview`, org, mappingPreviewAnswerSchema, {
        ...jsonBody('POST', tried),
        signal,
      }),
    enabled: tried !== null,
  })

/** PUT /api/v1/sources/[source]/mapping */
export const useSaveMapping = (org: string, source: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (mapping: SourceMapping) =>
      callApi(`/api/v1/sources/${source}/mapping`, org, sourceMappingAnswerSchema, jsonBody('PUT', mapping)),
    onSuccess: (answer) => {
      client.setQueryData(['mapping', org, source], answer)
      return client.invalidateQueries({ queryKey: ['mapping-preview', org, source] })
    },
  })
}
