'use client'
import { useMutation } from '@tanstack/react-query'
import { screeningAcceptanceSchema } from '@/lib/contracts/screening'
import { callApi, jsonBody } from '../forms/call-api'

const PATH = '/api/v1/screening-acceptances'

/** POST and DELETE /api/v1/screening-acceptances; the page is read again by whoever asks. */
export const useScreening = (org: string) => ({
  accept: useMutation({
    mutationFn: (wanted: { zone: string; year: number; note: string }) =>
      callApi(PATH, org, screeningAcceptanceSchema, jsonBody('POST', wanted)),
  }),
  withdraw: useMutation({
    mutationFn: ({ zone, year }: { zone: string; year: number }) =>
      callApi(PATH, org, screeningAcceptanceSchema, { method: 'DELETE', query: { zone, year: String(year) } }),
  }),
})
