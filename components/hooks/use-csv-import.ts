'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { importAnswerSchema } from '@/lib/contracts/imports'
import { callApi } from '../forms/call-api'

/** POST …/import with a CSV: first as a dry run, then for real; the page is read again when something was stored. */
export const useCsvImport = (org: string, path: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: ({ file, dryRun }: { file: File; dryRun: boolean }) =>
      callApi(path, org, importAnswerSchema, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: file,
        query: { dry_run: dryRun ? '1' : '0' },
      }),
    onSuccess: (answer) => {
      if (answer.stored) router.refresh()
    },
  })
}
