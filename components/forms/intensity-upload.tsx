'use client'
import { type FormEvent, useId, useState } from 'react'
import { GRID_BASES } from '@/lib/contracts/grid'
import { formatCount } from '@/lib/units/format'
import { useGridImport } from '../hooks/use-grid-import'
import { Button } from '../ui/button'
import { Field, FieldFrame } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { FormRefusal } from './form-refusal'

export interface IntensityUploadProps {
  org: string
  /** The zone of the page; without it the form asks. */
  zone?: string
}

const BASIS_OPTIONS = [
  { value: 'direct', label: 'Direct: emissions at the plants (Scope 2)' },
  { value: 'lifecycle', label: 'Life cycle: with fuel and building (screening)' },
  { value: 'marginal', label: 'Marginal: what one more kWh causes (kept apart, never posted)' },
]

/** A file of hours becomes the organisation's own grid data, all of it or nothing. */
export function IntensityUpload({ org, zone }: IntensityUploadProps) {
  const upload = useGridImport(org)
  const [missing, setMissing] = useState<string>()
  const fileId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const file = data.get('file')
    const basis = GRID_BASES.find((one) => one === data.get('basis')) ?? 'direct'
    if (!(file instanceof File) || file.size === 0) return setMissing('Choose a file.')
    setMissing(undefined)
    upload.mutate({ zone: zone ?? String(data.get('zone') ?? '').trim(), basis, file })
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3.5">
      {zone === undefined && (
        <Field label="Grid zone" name="zone" required placeholder="DE or US-CAL-CISO" autoComplete="off" />
      )}
      <FieldFrame
        id={fileId}
        label="File"
        help={
          <>
            Electricity Maps portal CSV, WattTime CSV, the saved JSON of either or of the GB Carbon Intensity API, or{' '}
            <code className="font-mono">hour,g_per_kwh</code> with an optional{' '}
            <code className="font-mono">estimated</code>. An empty cell stays unknown
          </>
        }
        error={missing}
      >
        <input
          id={fileId}
          name="file"
          type="file"
          accept=".csv,.json,text/csv,application/json"
          aria-describedby={`${fileId}-note`}
          className="block w-full rounded-control border border-tick bg-surface text-meta text-ink-2 file:mr-3 file:h-7.5 file:border-0 file:border-r file:border-solid file:border-hairline file:bg-transparent file:px-2.5 file:text-meta file:font-medium file:text-ink hover:border-ink"
        />
      </FieldFrame>
      <Select label="Factor basis" name="basis" options={BASIS_OPTIONS} defaultValue="direct" />
      {upload.error && <FormRefusal error={upload.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={upload.isPending}>
          {upload.isPending ? 'Importing' : 'Import hours'}
        </Button>
      </div>
      <div role="status" className="text-meta text-muted empty:hidden">
        {upload.isSuccess && (
          <>
            <Status tone="verified">
              {`${formatCount(upload.data.hours)} hours of ${upload.data.zone}, revision ${upload.data.revision}`}
            </Status>
            <p className="mt-1">
              {`${formatCount(upload.data.estimated)} estimated, ${formatCount(upload.data.gaps)} ${
                upload.data.gaps === 1 ? 'hour' : 'hours'
              } inside the span without a value. ${upload.data.basis === 'marginal' ? 'No figure of the ledger rests on them' : 'Days that rest on changed hours are posted again now'}; the same file again changes nothing.`}
            </p>
          </>
        )}
      </div>
    </form>
  )
}
