'use client'
import { useId, useState } from 'react'
import { FormRefusal } from '@/components/forms/form-refusal'
import { ImportRows } from '@/components/forms/import-rows'
import { Button } from '@/components/ui/button'
import { Field, FieldFrame } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { Status } from '@/components/ui/status'
import { AZURE_SCOPES, type CloudProvider } from '@/lib/contracts/cloud-footprints'
import type { ImportAnswer } from '@/lib/contracts/imports'
import { useFootprintImport } from './use-footprints'

const HELP: Record<CloudProvider, string> = {
  aws: 'Data Exports, carbon emissions, as CSV (unpacked). Its own unit columns say tonnes; model versions are kept apart',
  gcp: 'BigQuery export carbon_footprint, as CSV with dotted names or JSON. Each total is checked against its scopes',
  azure:
    'Answer of carbonEmissionReports (all pages as one array), or a CSV whose header names the unit. One scope a file',
}
const OPTIONS = [
  { value: 'aws', label: 'AWS' },
  { value: 'gcp', label: 'Google Cloud' },
  { value: 'azure', label: 'Azure' },
] as const

const monthsWords = (answer: ImportAnswer): string =>
  [
    answer.new > 0 && `${answer.new} ${answer.new === 1 ? 'month' : 'months'} new`,
    answer.changed > 0 && `${answer.changed} changed`,
    answer.unchanged > 0 && `${answer.unchanged} unchanged`,
    answer.refused > 0 && `${answer.refused} lines refused`,
  ]
    .filter(Boolean)
    .join(', ')

/** A provider's file is tried first; each account and month is shown with its fate. All of it or nothing. */
export function FootprintUpload({ org }: { org: string }) {
  const [provider, setProvider] = useState<CloudProvider>('aws')
  const [scope, setScope] = useState<(typeof AZURE_SCOPES)[number]>('Scope1')
  const [month, setMonth] = useState('')
  const [account, setAccount] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const attempt = useFootprintImport(org)
  const store = useFootprintImport(org)
  const fileId = useId()
  const query = {
    provider,
    ...(provider === 'azure' && {
      scope,
      ...(month !== '' && { month }),
      ...(account.trim() !== '' && { account: account.trim() }),
    }),
  }
  const forget = () => {
    setFile(null)
    attempt.reset()
    store.reset()
  }
  const choose = (chosen: File | null) => {
    forget()
    setFile(chosen)
    if (chosen) attempt.mutate({ file: chosen, query, dryRun: true })
  }
  const judged = store.data ?? attempt.data
  const changing = judged ? judged.new + judged.changed : 0
  return (
    <div className="grid gap-3.5">
      <div>
        <Segmented
          label="Provider"
          value={provider}
          options={OPTIONS}
          onChange={(chosen) => {
            setProvider(chosen)
            forget()
          }}
        />
      </div>
      {provider === 'azure' && (
        <div className="grid gap-3 @2xl:grid-cols-3">
          <Select
            label="Scope of the file"
            value={scope}
            onChange={(event) => {
              setScope(event.currentTarget.value as typeof scope)
              forget()
            }}
            options={AZURE_SCOPES.map((one) => ({ value: one, label: one.replace('Scope', 'Scope ') }))}
          />
          <Field
            label="Month"
            type="month"
            value={month}
            onChange={(event) => {
              setMonth(event.currentTarget.value)
              forget()
            }}
            help="Where the rows have no date"
          />
          <Field
            label="Subscription"
            value={account}
            onChange={(event) => {
              setAccount(event.currentTarget.value)
              forget()
            }}
            autoComplete="off"
            help="Where the rows name none"
          />
        </div>
      )}
      <FieldFrame id={fileId} label="File" help={HELP[provider]}>
        <input
          id={fileId}
          type="file"
          accept=".csv,.json,.ndjson,text/csv,application/json"
          aria-describedby={`${fileId}-note`}
          onChange={(event) => {
            choose(event.currentTarget.files?.[0] ?? null)
            // The same file, mended, can be chosen again.
            event.currentTarget.value = ''
          }}
          className="block w-full rounded-control border border-tick bg-surface text-meta text-ink-2 file:mr-3 file:h-7.5 file:border-0 file:border-r file:border-solid file:border-hairline file:bg-transparent file:px-2.5 file:text-meta file:font-medium file:text-ink hover:border-ink"
        />
      </FieldFrame>
      {attempt.error && <FormRefusal error={attempt.error} />}
      {store.error && <FormRefusal error={store.error} />}
      <div role="status" className="flex flex-wrap items-center gap-3 empty:hidden">
        {attempt.isPending && <span className="text-meta text-muted">{`Reading ${file?.name ?? 'the file'}`}</span>}
        {judged && !store.data && (
          <span className="text-meta">
            <b className="font-medium">{file?.name}</b> {monthsWords(judged)}; nothing is stored yet
          </span>
        )}
        {store.data && <Status tone="verified">{`${monthsWords(store.data)}, stored`}</Status>}
      </div>
      {judged && (
        <>
          <ImportRows answer={judged} />
          {!store.data && (
            <div>
              <Button
                tone="primary"
                disabled={store.isPending}
                disabledReason={
                  judged.refused > 0
                    ? 'The file is taken whole or not at all. Mend it and choose it again.'
                    : changing === 0
                      ? 'The file changes nothing.'
                      : undefined
                }
                onClick={() => file && store.mutate({ file, query, dryRun: false })}
              >
                {store.isPending ? 'Importing' : `Import ${changing} ${changing === 1 ? 'month' : 'months'}`}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  )
}
