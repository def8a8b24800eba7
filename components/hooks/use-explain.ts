'use client'
import { useQuery } from '@tanstack/react-query'
import { explainApiUrl } from '@/lib/contracts/explain'
import { type ExplainAnswer, explainAnswerSchema } from '@/lib/contracts/explain-answer'
import { problemSchema } from '@/lib/contracts/problem'
import { Refusal } from '../forms/call-api'

export interface ExplainMore {
  lines_after?: string
  readings_after?: string
}

/** GET /api/v1/explain/<address>. @throws Refusal */
export const fetchExplanation = async (
  org: string,
  address: string,
  more: ExplainMore = {},
  signal?: AbortSignal,
): Promise<ExplainAnswer> => {
  const query = Object.entries(more).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`)
  const answer = await fetch(explainApiUrl(org, address) + query.join(''), { signal })
  if (answer.ok) return explainAnswerSchema.parse(await answer.json())
  const told = problemSchema.safeParse(await answer.json().catch(() => null))
  if (!told.success) throw new Refusal(`The server answered ${answer.status}.`)
  throw new Refusal(told.data.title, told.data.issues, told.data.request_id)
}

/** The explanation of one address; another address starts anew and never shows the former one's figure. */
export const useExplain = (org: string, address: string, initial?: ExplainAnswer) =>
  useQuery({
    queryKey: ['explain', org, address],
    queryFn: ({ signal }) => fetchExplanation(org, address, {}, signal),
    placeholderData: undefined,
    initialData: initial,
    retry: false,
  })
