'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type InstrumentFields, instrumentEditAnswerSchema } from '@/lib/contracts/instruments'
import { callApi, jsonBody } from '../forms/call-api'

/** POST /api/v1/instruments, or PUT of the one that is open; the page is read again afterwards. */
export const useSaveInstrument = (org: string, instrumentId: string | null) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: InstrumentFields) =>
      instrumentId === null
        ? callApi('/api/v1/instruments', org, instrumentEditAnswerSchema, jsonBody('POST', fields))
        : callApi(`/api/v1/instruments/${instrumentId}`, org, instrumentEditAnswerSchema, jsonBody('PUT', fields)),
    onSuccess: (answer) => {
      if (instrumentId === null) router.push(`/o/${org}/instruments/${answer.instrument.instrument_id}`)
      router.refresh()
    },
  })
}

/** DELETE /api/v1/instruments/[instrument], and POST …/restore, which undoes it. */
export const useRemoveInstrument = (org: string, instrumentId: string) => {
  const router = useRouter()
  const path = `/api/v1/instruments/${instrumentId}`
  const onSuccess = () => router.refresh()
  const remove = useMutation({
    mutationFn: () => callApi(path, org, instrumentEditAnswerSchema, { method: 'DELETE' }),
    onSuccess,
  })
  const restore = useMutation({
    mutationFn: () => callApi(`${path}/restore`, org, instrumentEditAnswerSchema, { method: 'POST' }),
    onSuccess,
  })
  return { remove, restore }
}
