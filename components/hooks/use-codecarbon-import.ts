'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { codecarbonCsvAnswerSchema } from '@/lib/contracts/codecarbon-files'
import { callApi } from '../forms/call-api'

/** POST /api/v1/imports/codecarbon.csv; the page is read again after a file of which something was stored. */
export const useCodecarbonImport = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: ({ file, timeZone, dryRun }: { file: File; timeZone: string; dryRun: boolean }) =>
      callApi('/api/v1/imports/codecarbon.csv', org, codecarbonCsvAnswerSchema, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: file,
        query: { time_zone: timeZone, ...(dryRun ? { dry_run: '1' } : {}) },
      }),
    onSuccess: (answer) => {
      if (answer.stored) router.refresh()
    },
  })
}
