'use client'
import { type FormEvent, useId, useState } from 'react'
import { formatCount } from '@/lib/units/format'
import { useUnitsImport } from '../hooks/use-units-import'
import { Button } from '../ui/button'
import { FieldFrame } from '../ui/field'
import { Status } from '../ui/status'
import { FormRefusal } from './form-refusal'

/** A CSV of delivered units: tried first, stored on a second press, all of it or nothing. */
export function UnitsUpload({ org }: { org: string }) {
  const upload = useUnitsImport(org)
  const [file, setFile] = useState<File | null>(null)
  const [missing, setMissing] = useState<string>()
  const fileId = useId()
  const tried = upload.data?.dry_run ? upload.data : null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!file || file.size === 0) return setMissing('Choose a CSV file.')
    setMissing(undefined)
    upload.mutate({ file, dryRun: tried === null })
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <FieldFrame
        id={fileId}
        label="Or a CSV file"
        help={
          <>
            Columns <code className="font-mono">service</code> or <code className="font-mono">run</code>,{' '}
            <code className="font-mono">day</code>, <code className="font-mono">unit</code>,{' '}
            <code className="font-mono">count</code>
          </>
        }
        error={missing}
      >
        <input
          id={fileId}
          type="file"
          accept=".csv,text/csv"
          aria-describedby={`${fileId}-note`}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null)
            upload.reset()
          }}
          className="block w-full rounded-control border border-tick bg-surface text-meta text-ink-2 file:mr-3 file:h-7.5 file:border-0 file:border-r file:border-solid file:border-hairline file:bg-transparent file:px-2.5 file:text-meta file:font-medium file:text-ink hover:border-ink"
        />
      </FieldFrame>
      {upload.error && <FormRefusal error={upload.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={upload.isPending}>
          {upload.isPending ? 'Reading' : tried ? `Store ${formatCount(tried.changed)} statements` : 'Check the file'}
        </Button>
        <span role="status" className="text-meta text-muted">
          {upload.data &&
            (tried ? (
              `${formatCount(tried.accepted)} lines are good, ${formatCount(tried.changed)} new or changed: ${tried.names.slice(0, 4).join(', ')}${tried.names.length > 4 ? ' …' : ''}; ${tried.first_day} to ${tried.last_day}. Nothing is stored yet.`
            ) : (
              <Status tone="verified">{`${formatCount(upload.data.changed)} of ${formatCount(upload.data.accepted)} statements stored`}</Status>
            ))}
        </span>
      </div>
    </form>
  )
}
