'use client'
import { useSearchParams } from 'next/navigation'
import { useDeferredValue, useMemo, useState } from 'react'
import type { HardwareCatalogue } from '@/lib/contracts/hardware-catalogue'
import { Refusal } from '../forms/call-api'
import { CodeBlock } from '../forms/code-block'
import { FormRefusal } from '../forms/form-refusal'
import { numberOf } from '../forms/number-text'
import { useEstimate } from '../hooks/use-estimate'
import { Button } from '../ui/button'
import { Panel, PanelGrid } from '../ui/panel'
import { ProgressLine } from '../ui/progress-line'
import { Segmented } from '../ui/segmented'
import { Skeleton } from '../ui/skeleton'
import { EstimateFigures } from './estimate-figures'
import { type Asked, askedOf, curlOf, queryOfAsked, requestOf } from './estimate-query'
import { AssumptionsTable, labelOf, StagesTable } from './estimate-tables'
import { ExactInputs } from './exact-inputs'
import { FIELDS } from './fields'
import { type MlCo2, mlCo2Preset } from './preset'
import { StageRows } from './stage-rows'
import { StartRow } from './start-row'

type Start = 'library' | 'ml-co2'

const BEGIN: Record<Start, Record<string, string>> = {
  library: { hardware: 'H100 SXM5 80GB', hours: '100', cloud_region: 'aws:us-east-1' },
  'ml-co2': { hardware: 'H100 SXM', hours: '100', cloud_region: 'aws:us-east-1' },
}

/** Issues of the server by the field that they are of, so that they stand beside it. */
const issuesByField = (error: unknown): Record<string, string> => {
  if (!(error instanceof Refusal)) return {}
  return Object.fromEntries(
    error.issues.flatMap(({ path, message }): [string, string][] => {
      const stage = /^stages\.(\d+)\.(.+)$/.exec(path)
      const own = stage?.[2] ?? path
      const field = FIELDS.find((one) => one.path === own) ?? FIELDS.find((one) => one.path.split('.')[0] === own)
      return field ? [[stage ? `stage.${stage[1]}.${field.key}` : field.key, message]] : []
    }),
  )
}

const assumedTitle = (count: number, weightiest: string | null): string => {
  if (count === 0) return 'Nothing was assumed'
  const words = count === 1 ? '1 assumption' : `${count} assumptions`
  return weightiest ? `${words}; weightiest: ${weightiest}` : words
}

export interface CalculatorProps {
  org: string
  origin: string
  catalogue: HardwareCatalogue
  mlCo2: MlCo2
}

/** An estimate as it is typed; the address holds all of it, nothing is stored. */
export function Calculator({ org, origin, catalogue, mlCo2 }: CalculatorProps) {
  const query = useSearchParams()
  const [start, setStart] = useState<Start>(query.get('preset') === 'ml-co2' ? 'ml-co2' : 'library')
  const [asked, setAsked] = useState<Asked>(() => {
    const read = askedOf(query)
    const isEmpty = Object.keys(read.typed).length === 0 && read.stages.length === 0
    return isEmpty ? { typed: BEGIN[start], stages: [] } : read
  })
  const change = (next: Asked, from: Start = start) => {
    setAsked(next)
    setStart(from)
    const address = queryOfAsked(next)
    if (from === 'ml-co2') address.set('preset', 'ml-co2')
    const text = address.toString()
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname)
  }
  const put = (key: string, text: string) => change({ ...asked, typed: { ...asked.typed, [key]: text } })

  const isMlCo2 = start === 'ml-co2'
  const text = (key: string) => asked.typed[key] ?? ''
  const number = (key: string) => {
    const value = numberOf(text(key))
    return value !== null && Number.isFinite(value) ? value : null
  }
  const preset = isMlCo2
    ? mlCo2Preset(mlCo2, {
        hardware: text('hardware'),
        count: number('count'),
        hours: number('hours'),
        region: text('cloud_region'),
      })
    : null
  const read = useMemo(() => {
    if (!preset) return requestOf(asked)
    // Its names are of its own tables: the API is told power and intensity, not hardware and region.
    const { hardware: _, cloud_region: __, ...typed } = asked.typed
    return requestOf({ ...asked, typed }, preset.request)
  }, [asked, preset])
  const request = useDeferredValue(read.request)
  const isReadable = Object.keys(read.problems).length === 0
  const isEmpty = Object.keys(read.request).length === 0
  const estimate = useEstimate(org, request, isReadable && !isEmpty)
  const told = issuesByField(estimate.error)
  const problems = { ...told, ...read.problems }
  const answer = isReadable && !isEmpty && !estimate.error ? estimate.data : undefined
  const weightiest = answer?.assumptions.reduce<{ field: string; effect: number } | null>(
    (most, one) =>
      one.effect_kg !== null && Math.abs(one.effect_kg) > (most?.effect ?? 0)
        ? { field: one.field, effect: Math.abs(one.effect_kg) }
        : most,
    null,
  )
  const stageNames = answer?.stages?.map((stage) => stage.name) ?? []
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label="Factors to begin with"
          value={start}
          onChange={(next) =>
            change({ ...asked, typed: { ...asked.typed, ...BEGIN[next], hours: text('hours') || '100' } }, next)
          }
          options={[
            { value: 'library', label: 'This library' },
            { value: 'ml-co2', label: 'As ML CO2 Impact' },
          ]}
        />
        <p className="min-w-0 flex-1 basis-80 text-meta break-words text-muted">
          {preset
            ? `${preset.words ?? 'Choose hardware, hours and region'}; no PUE, no hardware. ${mlCo2.source}; intensity: ${preset.intensitySource ?? 'its table names no source'}. Its own page rounds kg/kWh to two decimals`
            : 'Power, PUE, grid, residual mix, hardware and water from the factor library, each listed below'}
        </p>
        <span className="flex-none">
          <Button size={28} tone="quiet" onClick={() => change({ typed: {}, stages: [] }, 'library')}>
            Clear all
          </Button>
        </span>
      </div>
      <StartRow
        catalogue={catalogue}
        mlCo2={isMlCo2 ? mlCo2 : null}
        hardware={text('hardware')}
        count={text('count')}
        hours={text('hours')}
        region={text('cloud_region')}
        problems={problems}
        onChange={put}
      />
      <div className="relative" aria-live="polite" aria-busy={estimate.isFetching}>
        {estimate.isFetching && answer && <ProgressLine />}
        {answer ? (
          <EstimateFigures answer={answer} unitName={asked.typed.unit_name?.trim() || null} />
        ) : (
          <div className="mb-7 min-h-24 border-t border-rule pt-3 text-meta text-muted">
            {!isReadable ? (
              'No figure while an input cannot be read: see the fields marked below.'
            ) : isEmpty ? (
              'Choose hardware, hours and a region, or give an energy and an intensity.'
            ) : estimate.error ? (
              <FormRefusal error={estimate.error} shownFields={[]} />
            ) : (
              <Skeleton shape="figure" />
            )}
          </div>
        )}
      </div>
      <PanelGrid>
        <Panel
          span={5}
          title="Every input, exactly"
          meta="Empty = assumed, and listed as such. Units are in the labels"
        >
          <ExactInputs typed={asked.typed} problems={problems} onChange={put} />
          <h3 className="mt-6 mb-2 text-meta font-semibold">Stages</h3>
          <p className="mb-3 text-meta text-muted">
            Each takes from above what it does not say itself; their sum is the answer.
          </p>
          <StageRows stages={asked.stages} problems={problems} onChange={(stages) => change({ ...asked, stages })} />
        </Panel>
        <div className="grid min-w-0 content-start gap-y-7 @4xl:col-span-7">
          {answer?.stages && (
            <Panel
              title={`${answer.stages.length} stages add up to it`}
              meta="kg CO2e; an interval is no sum: stages share factors"
            >
              <StagesTable answer={answer} />
            </Panel>
          )}
          <Panel
            title={
              answer
                ? assumedTitle(answer.assumptions.length, weightiest ? labelOf(weightiest.field, stageNames) : null)
                : 'What is assumed'
            }
            meta="Effect = what the total changes by at the upper end of the value’s 95 % interval, or with the other choice"
          >
            {answer ? (
              <AssumptionsTable answer={answer} />
            ) : isReadable && !isEmpty && !estimate.error ? (
              <Skeleton shape="table" rows={5} />
            ) : (
              <p className="py-2 text-meta text-muted">
                What is not given is assumed, and listed here with its source and effect.
              </p>
            )}
          </Panel>
          <Panel title="The same from a shell" meta="Scope read; nothing is stored">
            <CodeBlock label="As curl" code={curlOf(origin, read.request)} />
          </Panel>
        </div>
      </PanelGrid>
    </>
  )
}
