'use client'
import { useMutation } from '@tanstack/react-query'

export interface CallRequest {
  method: string
  /** On this site, with its query. */
  address: string
  /** Null calls as the person who is signed in. */
  key: string | null
  body: { type: string; text: string } | null
}

export interface CallAnswer {
  status: number
  statusText: string
  type: string
  ms: number
  requestId: string | null
  text: string
  /** Bytes of the whole answer. */
  size: number
}

const MOST_SHOWN = 60_000

const shownText = (type: string, bytes: ArrayBuffer): string => {
  if (!/json|text|csv|xml/.test(type)) return ''
  const text = new TextDecoder().decode(bytes)
  if (!/json/.test(type)) return text.slice(0, MOST_SHOWN)
  try {
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, MOST_SHOWN)
  } catch {
    return text.slice(0, MOST_SHOWN)
  }
}

/** One real request to this server. A refusal is an answer too; only a server that cannot be reached is an error. */
export const useCall = () =>
  useMutation({
    mutationFn: async ({ method, address, key, body }: CallRequest): Promise<CallAnswer> => {
      const startedAt = performance.now()
      const answer = await fetch(address, {
        method,
        credentials: key === null ? 'same-origin' : 'omit',
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === null ? {} : { 'content-type': body.type }),
        },
        ...(body === null ? {} : { body: body.text }),
      }).catch(() => {
        throw new Error('The server could not be reached.')
      })
      const bytes = await answer.arrayBuffer()
      const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
      return {
        status: answer.status,
        statusText: answer.statusText,
        type,
        ms: Math.round(performance.now() - startedAt),
        requestId: answer.headers.get('x-request-id'),
        text: shownText(type, bytes),
        size: bytes.byteLength,
      }
    },
  })
