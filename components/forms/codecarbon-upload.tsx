'use client'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { CodecarbonCsvAnswer } from '@/lib/contracts/codecarbon-files'
import { formatCount } from '@/lib/units/format'
import { useCodecarbonImport } from '../hooks/use-codecarbon-import'
import { Button } from '../ui/button'
import { Field, FieldFrame } from '../ui/field'
import { Status } from '../ui/status'
import { CodecarbonRows } from './codecarbon-rows'
import { FormRefusal } from './form-refusal'

const FILE_LOOK =
  'block w-full rounded-control border border-tick bg-surface text-meta text-ink-2 file:mr-3 file:h-7.5 file:border-0 file:border-r file:border-solid file:border-hairline file:bg-transparent file:px-2.5 file:text-meta file:font-medium file:text-ink hover:border-ink'

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

const isZone = (zone: string): boolean => {
  try {
    return zone.trim() !== '' && Intl.DateTimeFormat('en', { timeZone: zone.trim() }) !== null
  } catch {
    return false
  }
}

const kwh = (energy: number) => `${energy.toPrecision(6)} kWh`

const summaryOf = ({ runs, new: fresh, known, refused, energy_kwh }: CodecarbonCsvAnswer): string => {
  const parts = [
    `${formatCount(fresh)} new`,
    ...(known > 0 ? [`${formatCount(known)} known`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
  ]
  const word = runs.length === 1 ? 'run' : 'runs'
  return `${parts.join(', ')}; ${formatCount(runs.length)} ${word}; adds ${kwh(energy_kwh)}`
}

/**
 * A CodeCarbon emissions.csv or task file: tried first, its good rows stored on a second press. The time zone is asked for and never guessed:
 * the file has none.
 */
export function CodecarbonUpload({ org }: { org: string }) {
  const upload = useCodecarbonImport(org)
  const [file, setFile] = useState<File | null>(null)
  const [timeZone, setTimeZone] = useState('')
  const [here, setHere] = useState<string | null>(null)
  const [missing, setMissing] = useState<{ file?: string; zone?: string }>({})
  const fileId = useId()
  const listId = useId()
  // The list and the browser's own zone are known to the browser only.
  const [listed, setListed] = useState<string[]>([])
  useEffect(() => {
    setListed(zones())
    setHere(Intl.DateTimeFormat().resolvedOptions().timeZone)
  }, [])
  const answer = upload.data
  const tried = answer?.dry_run ? answer : null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = {
      ...(!file || file.size === 0 ? { file: 'Choose an emissions.csv.' } : {}),
      ...(isZone(timeZone) ? {} : { zone: 'Name the time zone of the machine, such as Europe/Paris or UTC.' }),
    }
    setMissing(wrong)
    if (!file || wrong.file || wrong.zone) return
    upload.mutate({ file, timeZone: timeZone.trim(), dryRun: tried === null })
  }
  const chooseZone = (zone: string) => {
    setTimeZone(zone)
    upload.reset()
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="grid gap-4 @[640px]:grid-cols-2">
        <FieldFrame
          id={fileId}
          label="File"
          help={
            <>
              <code className="font-mono">emissions.csv</code>, or a task file{' '}
              <code className="font-mono">emissions_…_….csv</code>; versions 2.8 to 3.3
            </>
          }
          error={missing.file}
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
            className={FILE_LOOK}
          />
        </FieldFrame>
        <div>
          <Field
            label="In which time zone did the machine run?"
            help="The file has local times without an offset. In a container it is often UTC"
            error={missing.zone}
            list={listId}
            value={timeZone}
            placeholder="Europe/Paris"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => chooseZone(event.target.value)}
          />
          <datalist id={listId}>
            {listed.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <div className="mt-1.5 flex flex-wrap gap-2">
            <Button size={26} onClick={() => chooseZone('UTC')}>
              UTC
            </Button>
            {here !== null && here !== 'UTC' && (
              <Button size={26} onClick={() => chooseZone(here)}>
                {`As here: ${here}`}
              </Button>
            )}
          </div>
        </div>
      </div>
      {upload.error && <FormRefusal error={upload.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={upload.isPending || (tried !== null && tried.new === 0)}>
          {upload.isPending ? 'Reading' : tried ? `Store ${formatCount(tried.new)} rows` : 'Check the file'}
        </Button>
        <span role="status" className="text-meta text-muted">
          {answer &&
            (tried ? (
              `${summaryOf(answer)}. Nothing is stored yet.`
            ) : answer.stored ? (
              <Status tone="verified">{`Stored: ${summaryOf(answer)}`}</Status>
            ) : (
              <Status tone="plain">{`Nothing to store: ${summaryOf(answer)}`}</Status>
            ))}
        </span>
      </div>
      {answer && <CodecarbonRows answer={answer} />}
      <p className="max-w-[78ch] text-meta text-muted">
        A row of emissions.csv is the total of its run so far: of each run only what its last row adds counts, however
        often the file is sent. A run that was sent over the API is refused here.
      </p>
    </form>
  )
}
