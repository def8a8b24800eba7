'use client'
import { useEffect, useState } from 'react'
import { FormRefusal } from '@/components/forms/form-refusal'
import { ErrorPanel } from '@/components/states/error-panel'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import { BUILT_IN_MAPPING, type SourceMapping } from '@/lib/contracts/mapping'
import { draftOf, type MappingDraft, mappingOf } from './mapping-draft'
import { MappingFields } from './mapping-fields'
import { PreviewTable } from './preview-table'
import { RuleList } from './rule-list'
import { useMapping, usePreview, useSaveMapping } from './use-mapping'

const PAUSE_MS = 500

const useSettled = <Value,>(value: Value): Value => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

interface EditorProps {
  org: string
  source: string
  refusal?: string | undefined
}

/** How a source's labels are read, tried on the series last seen before anything is stored. */
export function MappingEditor({ org, source, refusal }: EditorProps) {
  const { data, error, refetch } = useMapping(org, source)
  if (data) return <Editor org={org} source={source} refusal={refusal} stored={data.mapping} />
  return (
    <Panel title="How its labels are read">
      {error ? (
        <ErrorPanel words="The mapping could not be read." detail={error.message} onRetry={() => void refetch()} />
      ) : (
        <Skeleton shape="table" rows={6} />
      )}
    </Panel>
  )
}

function Editor({ org, source, refusal, stored }: EditorProps & { stored: SourceMapping }) {
  const [draft, setDraft] = useState<MappingDraft>(() => draftOf(stored))
  const parsed = mappingOf(draft)
  const settled = useSettled(parsed.success ? JSON.stringify(parsed.data) : null)
  const preview = usePreview(org, source, settled === null ? null : (JSON.parse(settled) as SourceMapping))
  const save = useSaveMapping(org, source)
  const isChanged = !parsed.success || JSON.stringify(parsed.data) !== JSON.stringify(stored)
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const change = (part: Partial<MappingDraft>) => setDraft({ ...draft, ...part })
  return (
    <>
      <Panel
        title="How its labels are read"
        meta="What is empty is read by the built-in rules. A change holds for readings that arrive from then on"
        tools={
          <Button size={26} tone="quiet" onClick={() => setDraft(draftOf(BUILT_IN_MAPPING))}>
            Built-in only
          </Button>
        }
      >
        <MappingFields draft={draft} issues={issues} onChange={change} />
      </Panel>
      <RuleList rules={draft.rules} issues={issues} onChange={(rules) => change({ rules })} />
      <div className="col-span-full grid gap-2">
        {issues.length > 0 && (
          <ul role="alert" className="text-meta text-breach">
            {issues.slice(0, 8).map((issue) => (
              <li key={`${issue.path} ${issue.message}`}>
                <b className="font-medium">{issue.path}</b> {issue.message}
              </li>
            ))}
          </ul>
        )}
        {save.error && <FormRefusal error={save.error} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            tone="primary"
            disabled={!parsed.success || !isChanged || save.isPending}
            disabledReason={refusal}
            onClick={() => parsed.success && save.mutate(parsed.data)}
          >
            {save.isPending ? 'Saving' : 'Save the mapping'}
          </Button>
          {isChanged && (
            <Button tone="quiet" onClick={() => setDraft(draftOf(stored))}>
              Discard
            </Button>
          )}
          <span role="status">{save.isSuccess && !isChanged && <Status tone="verified">Saved</Status>}</span>
        </div>
      </div>
      <PreviewTable
        answer={preview.data}
        error={preview.error}
        isTried={isChanged}
        onRetry={() => void preview.refetch()}
      />
    </>
  )
}
