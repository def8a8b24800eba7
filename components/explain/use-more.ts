'use client'
import { useState } from 'react'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { type ExplainMore, fetchExplanation } from '../hooks/use-explain'

interface Paged {
  next_cursor: string | null
}

/** Further pages of one of an explanation's lists, each added to those before. */
export const useMore = <List extends Paged>(
  asked: { org: string; address: string; key: keyof ExplainMore },
  first: List,
  listOf: (answer: ExplainAnswer) => List | null,
) => {
  const [pages, setPages] = useState<List[]>([first])
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const cursor = pages.at(-1)?.next_cursor ?? null
  const more = async () => {
    if (cursor === null || state === 'loading') return
    setState('loading')
    try {
      const next = listOf(await fetchExplanation(asked.org, asked.address, { [asked.key]: cursor }))
      if (next) setPages((now) => [...now, next])
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return { pages, more, hasMore: cursor !== null, isLoading: state === 'loading', isFailed: state === 'failed' }
}
