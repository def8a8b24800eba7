'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type LedgerAnswer, ledgerAnswerSchema } from '@/lib/contracts/ledger'

/** GET /api/v1/ledger, page after page. `query` holds the window and the filters; the first page comes from the server. */
export const useLedger = (org: string, query: string, initial: LedgerAnswer) =>
  useInfiniteQuery({
    queryKey: ['ledger', org, query],
    queryFn: async ({ pageParam, signal }): Promise<LedgerAnswer> => {
      const search = new URLSearchParams(query)
      search.set('org', org)
      if (pageParam !== null) search.set('cursor', pageParam)
      const answer = await fetch(`/api/v1/ledger?${search}`, { signal })
      if (!answer.ok) throw new Error(`ledger answered ${answer.status}`)
      return ledgerAnswerSchema.parse(await answer.json())
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    initialData: { pages: [initial], pageParams: [null] },
  })
