'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { callApi, jsonBody } from '@/components/forms/call-api'
import {
  type CloudAccount,
  type CloudAccountFields,
  cloudAccountSchema,
  statementsAnswerSchema,
} from '@/lib/contracts/cloud-footprints'
import { importAnswerSchema } from '@/lib/contracts/imports'

/** POST /api/v1/imports/cloud-footprint: first as a dry run. */
export const useFootprintImport = (org: string) => {
  const router = useRouter()
  return useMutation({
    mutationFn: ({ file, query, dryRun }: { file: File; query: Record<string, string>; dryRun: boolean }) =>
      callApi('/api/v1/imports/cloud-footprint', org, importAnswerSchema, {
        ...{ method: 'POST', body: file },
        headers: { 'content-type': file.name.endsWith('.csv') ? 'text/csv' : 'application/json' },
        query: { ...query, dry_run: dryRun ? '1' : '0' },
      }),
    onSuccess: (answer) => {
      if (answer.stored) router.refresh()
    },
  })
}

type Account = Pick<CloudAccount, 'provider' | 'account'>
const addressOf = ({ provider, account }: Account) =>
  `/api/v1/cloud-accounts/${provider}/${encodeURIComponent(account)}`

/** PUT /api/v1/cloud-accounts/[provider]/[account] */
export const useEditAccount = (org: string, account: Account) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (fields: CloudAccountFields) =>
      callApi(addressOf(account), org, cloudAccountSchema, jsonBody('PUT', fields)),
    onSuccess: () => router.refresh(),
  })
}

/** POST …/statements, tried first; DELETE withdraws them. */
export const useStatements = (org: string, account: Account) => {
  const router = useRouter()
  return useMutation({
    mutationFn: (asked: { months: string[]; dryRun: boolean } | { months: string[]; reason: string }) =>
      callApi(
        `${addressOf(account)}/statements`,
        org,
        statementsAnswerSchema,
        'reason' in asked
          ? { ...jsonBody('POST', { months: asked.months, reason: asked.reason }), method: 'DELETE' }
          : jsonBody('POST', { months: asked.months, dry_run: asked.dryRun }),
      ),
    onSuccess: (answer) => {
      if (answer.stored) router.refresh()
    },
  })
}
