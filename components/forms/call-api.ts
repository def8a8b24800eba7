import type { z } from 'zod'
import { type Problem, problemSchema } from '@/lib/contracts/problem'

/** A refusal as the server told it: a sentence for people, and where the input is wrong. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly issues: NonNullable<Problem['issues']> = [],
    readonly requestId: string | null = null,
  ) {
    super(message)
    this.name = 'Refusal'
  }
}

const refusalOf = async (answer: Response): Promise<Refusal> => {
  const told = problemSchema.safeParse(await answer.json().catch(() => null))
  return told.success
    ? new Refusal(told.data.title, told.data.issues, told.data.request_id)
    : new Refusal(`The server answered ${answer.status}.`)
}

/** Calls the API for the organisation whose page is open. @throws Refusal */
export const callApi = async <Schema extends z.ZodType>(
  path: string,
  org: string,
  schema: Schema,
  init: RequestInit & { query?: Record<string, string> } = {},
): Promise<z.output<Schema>> => {
  const { query, ...request } = init
  const search = new URLSearchParams({ ...query, org })
  const answer = await fetch(`${path}?${search}`, request).catch(() => {
    throw new Refusal('The server could not be reached. Nothing was changed.')
  })
  if (!answer.ok) throw await refusalOf(answer)
  return schema.parse(await answer.json())
}

export const jsonBody = (method: 'POST' | 'PUT', body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The issue of one field, in words. */
export const issueOf = (error: unknown, field: string): string | undefined =>
  error instanceof Refusal ? error.issues.find((issue) => issue.path.split('.')[0] === field)?.message : undefined
