'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { functionalUnitsCsvAnswerSchema } from '@/lib/contracts/functional-units'
import { callApi } from '../forms/call-api'

/** POST /api/v1/functional-units/csv; the page is read again after a file that was stored. */
export const useUnitsImport = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: ({ file, dryRun }: { file: File; dryRun: boolean }) =>
      callApi('/api/v1/functional-units/csv', org, functionalUnitsCsvAnswerSchema, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: file,
        query: dryRun ? { dry_run: '1' } : {},
      }),
    onSuccess: (answer) => {
      if (!answer.dry_run) router.refresh()
    },
  })
}
