'use client'
import { type FormEvent, useState } from 'react'
import { ACTIVITY_SCOPES, type ActivityFields, type ActivityKind } from '@/lib/contracts/activity-lines'
import { amountIn } from '@/lib/units/amounts'
import { threeFigures } from '@/lib/units/format'
import { useActivityFactors, useSaveActivity } from '../hooks/use-activities'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Segmented } from '../ui/segmented'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { type ActivityDraft, draftOfActivity, EMPTY_ACTIVITY, fieldsOfActivity } from './activity-draft'
import { activityKindOptions, categoryOptions, placeWords } from './activity-words'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'
import { numberOf } from './number-text'

export interface ActivityFormProps {
  org: string
  /** Null for a new one. */
  activityId: string | null
  initial: ActivityFields | null
  sites: readonly { slug: string; name: string }[]
}

const SHOWN = [...Object.keys(EMPTY_ACTIVITY), 'ends_on']
const PAIR = 'grid gap-3.5 @md:grid-cols-2'

/** One line: what, when, how much; multiplied by a factor of the library, or as the supplier stated it. */
export function ActivityForm({ org, activityId, initial, sites }: ActivityFormProps) {
  const save = useSaveActivity(org, activityId)
  const [draft, setDraft] = useState<ActivityDraft>(initial === null ? EMPTY_ACTIVITY : draftOfActivity(initial))
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const factors = useActivityFactors(org, draft.kind)
  const factor = factors.data?.find((one) => one.factor_id === draft.factor_id)
  const change = (part: Partial<ActivityDraft>) => setDraft((now) => ({ ...now, ...part }))
  const field = (name: keyof ActivityDraft) => ({
    name,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
    error: wrong[name] ?? issueOf(save.error, name === 'last_on' ? 'ends_on' : name),
    autoComplete: 'off',
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const told = fieldsOfActivity(draft)
    setWrong(told.wrong ?? {})
    if (!told.wrong) save.mutate(told.fields)
  }
  const known = ACTIVITY_SCOPES[draft.kind]
  const isScope3 = draft.kind === 'other' ? draft.scope === '3' : known?.scope === 3
  const categories = categoryOptions(draft.kind)
  const quantity = numberOf(draft.quantity)
  const units = factor && quantity !== null ? amountIn(quantity, draft.unit, factor.unit.replace('kg/', '')) : null
  const chooseFactor = (id: string) => {
    const chosen = factors.data?.find((one) => one.factor_id === id)
    change({
      factor_id: id,
      ...(chosen && !chosen.units.includes(draft.unit) ? { unit: chosen.unit.replace('kg/', '') } : {}),
    })
  }
  return (
    <form onSubmit={submit} noValidate className="@container grid gap-5">
      <div className={PAIR}>
        <Select
          label="Kind"
          {...field('kind')}
          onChange={(event) =>
            change({
              kind: event.currentTarget.value as ActivityKind,
              factor_id: '',
              category: '',
              ...(['cloud_statement', 'sold_product'].includes(event.currentTarget.value)
                ? { by: 'stated' as const }
                : {}),
            })
          }
          options={activityKindOptions}
        />
        <Field label="What" {...field('name')} maxLength={200} placeholder="Generator tests" />
        <Field label="First day" type="date" {...field('starts_on')} />
        <Field
          label="Last day"
          type="date"
          {...field('last_on')}
          help="Of a period: its mass counts in the year of its days"
        />
        <Select
          label="Site"
          {...field('site')}
          options={[
            { value: '', label: 'Of no one site' },
            ...sites.map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
        />
        {draft.kind === 'other' && (
          <Select
            label="Scope"
            {...field('scope')}
            options={[1, 2, 3].map((scope) => ({ value: String(scope), label: `Scope ${scope}` }))}
          />
        )}
        {isScope3 && categories.length > 1 && (
          <Select
            label="Category"
            {...field('category')}
            value={draft.category || (draft.kind === 'other' ? '' : (categories[0]?.value ?? ''))}
            options={draft.kind === 'other' ? [{ value: '', label: 'Choose one' }, ...categories] : categories}
          />
        )}
      </div>
      <div className="grid gap-3.5 border-t border-hairline pt-3">
        <Segmented
          label="How its mass is known"
          value={draft.by}
          onChange={(by) => change({ by })}
          options={[
            { value: 'factor', label: 'Quantity × factor' },
            { value: 'stated', label: 'Total as the supplier states it' },
          ]}
          className="justify-self-start"
        />
        {draft.by === 'factor' && (
          <Select
            label="Factor"
            {...field('factor_id')}
            onChange={(event) => chooseFactor(event.currentTarget.value)}
            options={[
              { value: '', label: factors.isPending ? 'Reading the library' : 'Choose a factor' },
              ...(factors.data ?? []).map((one) => ({
                value: one.factor_id,
                label: `${one.name}: ${threeFigures(one.value)} ${one.unit}${one.status.startsWith('recalled') ? ', unverified' : ''}`,
              })),
            ]}
            error={
              wrong.factor_id ?? issueOf(save.error, 'factor_id') ?? (factors.error ? factors.error.message : undefined)
            }
            help={
              factor
                ? `${factor.source}${factor.gwp_set ? `, ${factor.gwp_set}` : ''}`
                : factors.data?.length === 0
                  ? 'The library has none for this kind: import one under Factors, or enter the supplier’s total'
                  : undefined
            }
          />
        )}
        <div className={PAIR}>
          <Field label="Quantity" {...field('quantity')} inputMode="decimal" placeholder="3950" />
          {draft.by === 'factor' && factor ? (
            <Select
              label="Unit"
              {...field('unit')}
              options={[
                ...(factor.units.includes(draft.unit) || draft.unit === ''
                  ? []
                  : [{ value: draft.unit, label: draft.unit }]),
                ...factor.units.map((unit) => ({ value: unit, label: unit })),
              ]}
            />
          ) : (
            <Field label="Unit" {...field('unit')} maxLength={40} placeholder={draft.by === 'stated' ? 'EUR' : 'l'} />
          )}
        </div>
        {draft.by === 'stated' && (
          <div className={PAIR}>
            <Field
              label={
                <>
                  Stated total, kg CO<sub>2</sub>e
                </>
              }
              {...field('stated_kg')}
              inputMode="decimal"
              help="Counts as primary data"
            />
            <Field label="Supplier" {...field('supplier')} maxLength={200} />
          </div>
        )}
        {draft.by === 'factor' && factor && units !== null && (
          <p role="status" className="text-table">
            <b className="font-medium">{threeFigures(units * factor.value)} kg</b> CO<sub>2</sub>e,{' '}
            {placeWords(
              draft.kind === 'other' ? Number(draft.scope) : (known?.scope ?? 3),
              isScope3 ? Number(draft.category || categories[0]?.value || 0) || null : null,
            )}
            {draft.kind === 'fuel' && '; the upstream of the fuel becomes a line of category 3'}
          </p>
        )}
      </div>
      <div className="grid gap-3.5 border-t border-hairline pt-3">
        <div className={PAIR}>
          <Field
            label={
              <>
                Biogenic CO<sub>2</sub>, kg
              </>
            }
            {...field('biogenic_kg')}
            inputMode="decimal"
            help="Kept apart, in no scope"
          />
          <Field
            label="±, as a share"
            {...field('u95')}
            inputMode="decimal"
            placeholder="0.3"
            help="Empty: the factor’s own"
          />
          <Field label="Evidence" {...field('evidence')} maxLength={200} placeholder="Delivery note 2291" />
          <Field label="Note" {...field('note')} maxLength={1000} />
        </div>
      </div>
      {save.error && <FormRefusal error={save.error} shownFields={SHOWN} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone={activityId === null ? 'primary' : 'secondary'} disabled={save.isPending}>
          {save.isPending ? 'Saving' : activityId === null ? 'Add line' : 'Save as a revision'}
        </Button>
        <span role="status">
          {save.isSuccess && <Status tone="verified">{`Saved, revision ${save.data.revision}`}</Status>}
        </span>
      </div>
    </form>
  )
}
