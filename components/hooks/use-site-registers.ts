'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type MeterFields, meterEditAnswerSchema } from '@/lib/contracts/meters'
import { type MeasurementFields, measurementAnswerSchema } from '@/lib/contracts/site-measurements'
import { callApi, jsonBody } from '../forms/call-api'

const pathOf = (slug: string, rest: string) => `/api/v1/sites/${encodeURIComponent(slug)}/${rest}`

/** POST …/meters, or PUT of one; the page is read again afterwards. */
export const useSaveMeter = (org: string, slug: string, meterId: string | null) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: MeterFields) =>
      meterId === null
        ? callApi(pathOf(slug, 'meters'), org, meterEditAnswerSchema, jsonBody('POST', fields))
        : callApi(pathOf(slug, `meters/${meterId}`), org, meterEditAnswerSchema, jsonBody('PUT', fields)),
    onSuccess: () => router.refresh(),
  })
}

export const useDeleteMeter = (org: string, slug: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (meterId: string) =>
      callApi(pathOf(slug, `meters/${meterId}`), org, meterEditAnswerSchema, { method: 'DELETE' }),
    onSuccess: () => router.refresh(),
  })
}

/** POST …/measurements: the first value of a month, or its next revision. */
export const useRecordMeasurement = (org: string, slug: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: MeasurementFields) =>
      callApi(pathOf(slug, 'measurements'), org, measurementAnswerSchema, jsonBody('POST', fields)),
    onSuccess: () => router.refresh(),
  })
}
