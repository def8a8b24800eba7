'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type GridBasis, intensityImportAnswerSchema } from '@/lib/contracts/grid'
import { callApi } from '../forms/call-api'

export interface IntensityFile {
  zone: string
  basis: GridBasis
  file: File
}

/** POST /api/v1/grid/intensity; the page is read again afterwards. */
export const useGridImport = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: ({ zone, basis, file }: IntensityFile) =>
      callApi('/api/v1/grid/intensity', org, intensityImportAnswerSchema, {
        method: 'POST',
        headers: { 'content-type': file.name.toLowerCase().endsWith('.json') ? 'application/json' : 'text/csv' },
        body: file,
        query: { zone, basis },
      }),
    onSuccess: () => router.refresh(),
  })
}
