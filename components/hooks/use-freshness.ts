'use client'
import { useQuery } from '@tanstack/react-query'
import { type Freshness, freshnessSchema } from '@/lib/contracts/freshness'

const EVERY_MS = 60_000

/** GET /api/v1/freshness, again each minute while the page is seen. */
export const useFreshness = (org: string, initial: Freshness) =>
  useQuery({
    queryKey: ['freshness', org],
    queryFn: async ({ signal }): Promise<Freshness> => {
      const answer = await fetch(`/api/v1/freshness?org=${encodeURIComponent(org)}`, { signal })
      if (!answer.ok) throw new Error(`freshness answered ${answer.status}`)
      return freshnessSchema.parse(await answer.json())
    },
    initialData: initial,
    refetchInterval: EVERY_MS,
  })
