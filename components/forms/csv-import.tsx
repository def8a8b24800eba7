'use client'
import { type ReactNode, useId, useState } from 'react'
import type { ImportAnswer } from '@/lib/contracts/imports'
import { formatCount } from '@/lib/units/format'
import { useCsvImport } from '../hooks/use-csv-import'
import { Button } from '../ui/button'
import { FieldFrame } from '../ui/field'
import { Status } from '../ui/status'
import { FormRefusal } from './form-refusal'
import { ImportRows } from './import-rows'

export interface CsvImportProps {
  org: string
  /** `/api/v1/assets/import` */
  path: string
  /** Which columns the file has, in a sentence. */
  help: ReactNode
  /** What is posted again, where something is: `Days of the hardware`. */
  reopens?: string
}

const rowsWords = (count: number): string => `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`

const summaryOf = ({ new: made, changed, unchanged, refused }: ImportAnswer): string =>
  [
    made > 0 && `${formatCount(made)} new`,
    changed > 0 && `${formatCount(changed)} changed`,
    unchanged > 0 && `${formatCount(unchanged)} unchanged`,
    refused > 0 && `${formatCount(refused)} refused`,
  ]
    .filter(Boolean)
    .join(', ')

/** A file is tried first: each row is shown with its fate, and nothing is stored until somebody says so. All of it or nothing. */
export function CsvImport({ org, path, help, reopens }: CsvImportProps) {
  const attempt = useCsvImport(org, path)
  const store = useCsvImport(org, path)
  const [file, setFile] = useState<File | null>(null)
  const fileId = useId()
  const choose = (chosen: File | null) => {
    setFile(chosen)
    store.reset()
    attempt.reset()
    if (chosen) attempt.mutate({ file: chosen, dryRun: true })
  }
  const judged = attempt.data
  const stored = store.data
  const changing = judged ? judged.new + judged.changed : 0
  return (
    <div className="grid gap-3.5">
      <FieldFrame id={fileId} label="CSV file" help={help}>
        <input
          id={fileId}
          type="file"
          accept=".csv,text/csv"
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
        {judged && !stored && (
          <span className="text-meta">
            <b className="font-medium">{file?.name}</b> {summaryOf(judged)}; nothing is stored yet
          </span>
        )}
        {stored && (
          <Status tone="verified">
            {`${summaryOf(stored)}, stored${
              reopens && stored.reopened_days ? `; ${reopens}: ${formatCount(stored.reopened_days)} posted again` : ''
            }`}
          </Status>
        )}
      </div>
      {judged && (
        <>
          <ImportRows answer={stored ?? judged} />
          {!stored && (
            <div>
              <Button
                tone="primary"
                disabled={store.isPending}
                disabledReason={
                  judged.refused > 0
                    ? `${rowsWords(judged.refused)} refused: the file is taken whole or not at all. Mend it and choose it again.`
                    : changing === 0
                      ? 'The file changes nothing.'
                      : undefined
                }
                onClick={() => file && store.mutate({ file, dryRun: false })}
              >
                {store.isPending ? 'Importing' : `Import ${rowsWords(changing)}`}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  )
}
