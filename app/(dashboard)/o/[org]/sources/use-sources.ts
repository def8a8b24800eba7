'use client'
import { useQuery } from '@tanstack/react-query'
import { callApi } from '@/components/forms/call-api'
import { type SourcesAnswer, sourcesAnswerSchema } from '@/lib/contracts/sources'

const EVERY_MS = 10_000

/** GET /api/v1/sources, again every ten seconds while the page is seen. */
export const useSources = (org: string, initial: SourcesAnswer, everyMs: number = EVERY_MS) =>
  useQuery({
    queryKey: ['sources', org],
    queryFn: ({ signal }) => callApi('/api/v1/sources', org, sourcesAnswerSchema, { signal }),
    initialData: initial,
    refetchInterval: everyMs,
  })
