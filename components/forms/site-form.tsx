'use client'
import { type FormEvent, useState } from 'react'
import { DEPLOYMENTS, type DeploymentName } from '@/lib/contracts/common'
import { PUE_CATEGORIES, type SiteFields } from '@/lib/contracts/sites'
import { formatCount } from '@/lib/units/format'
import { useEditSite } from '../hooks/use-site'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { issueOf } from './call-api'
import { deploymentOptions } from './deployments'
import { FormRefusal } from './form-refusal'

export interface SiteFormProps {
  org: string
  slug: string
  fields: SiteFields
}

const FIELDS = [
  'name',
  'zone',
  'deployment',
  'operator',
  'declared_pue',
  'declared_pue_source',
  'pue_category',
  'declared_wue',
  'declared_wue_source',
] as const

const CATEGORIES = [
  { value: '', label: 'Not said' },
  { value: '1', label: '1, UPS output' },
  { value: '2', label: '2, PDU output' },
  { value: '3', label: '3, IT input' },
]
const trimmed = (data: FormData, name: string): string => String(data.get(name) ?? '').trim()

/** `1,29` and `1.29` alike; null when left empty, NaN when it is no number. */
const ratioOf = (text: string): number | null => (text === '' ? null : Number(text.replace(',', '.')))

export function SiteForm({ org, slug, fields }: SiteFormProps) {
  const edit = useEditSite(org, slug)
  const [wrong, setWrong] = useState<{ pue?: string; wue?: string }>({})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const declared = ratioOf(trimmed(data, 'declared_pue'))
    const water = ratioOf(trimmed(data, 'declared_wue'))
    const found = {
      ...(declared === null || (declared >= 1 && declared <= 5)
        ? {}
        : { pue: 'Between 1 and 5. Unknown? Leave empty.' }),
      ...(water === null || (water >= 0 && water <= 100) ? {} : { wue: 'From 0 to 100. Unknown? Leave empty.' }),
    }
    setWrong(found)
    if (Object.keys(found).length > 0) return edit.reset()
    const category = Number(trimmed(data, 'pue_category'))
    edit.mutate({
      name: trimmed(data, 'name'),
      zone: trimmed(data, 'zone') || null,
      deployment: (DEPLOYMENTS as readonly string[]).includes(trimmed(data, 'deployment'))
        ? (trimmed(data, 'deployment') as DeploymentName)
        : null,
      declared_pue: declared,
      declared_pue_source: declared === null ? null : trimmed(data, 'declared_pue_source') || null,
      operator: trimmed(data, 'operator') || null,
      pue_category: PUE_CATEGORIES.find((one) => one === category) ?? null,
      declared_wue: water,
      declared_wue_source: water === null ? null : trimmed(data, 'declared_wue_source') || null,
    })
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3.5">
      <Field
        label="Name"
        name="name"
        defaultValue={fields.name}
        required
        maxLength={200}
        error={issueOf(edit.error, 'name')}
        help="Senders reach the site by its address, which stays"
      />
      <div className="grid grid-cols-2 gap-3.5">
        <Field
          label="Grid zone"
          name="zone"
          defaultValue={fields.zone ?? ''}
          placeholder="DE"
          autoComplete="off"
          error={issueOf(edit.error, 'zone')}
        />
        <Field
          label="Declared PUE"
          name="declared_pue"
          inputMode="decimal"
          defaultValue={fields.declared_pue ?? ''}
          placeholder="1.30"
          autoComplete="off"
          error={wrong.pue ?? issueOf(edit.error, 'declared_pue')}
        />
      </div>
      <Field
        label="Operator"
        name="operator"
        defaultValue={fields.operator ?? ''}
        placeholder="Who runs the building"
        maxLength={200}
        error={issueOf(edit.error, 'operator')}
      />
      <Select
        label="Deployment"
        name="deployment"
        defaultValue={fields.deployment ?? ''}
        options={[{ value: '', label: 'Not said' }, ...deploymentOptions]}
        error={issueOf(edit.error, 'deployment')}
      />
      <Field
        label="Source of the declared PUE"
        name="declared_pue_source"
        defaultValue={fields.declared_pue_source ?? ''}
        placeholder="Operator’s annual statement 2025"
        maxLength={200}
        error={issueOf(edit.error, 'declared_pue_source')}
      />
      <div className="grid grid-cols-2 gap-3.5">
        <Select
          label="PUE category"
          name="pue_category"
          defaultValue={String(fields.pue_category ?? '')}
          options={CATEGORIES}
          error={issueOf(edit.error, 'pue_category')}
          help="Where IT is metered, ISO/IEC 30134-2"
        />
        <Field
          label="Declared WUE, L/kWh IT"
          name="declared_wue"
          inputMode="decimal"
          defaultValue={fields.declared_wue ?? ''}
          placeholder="0.40"
          autoComplete="off"
          error={wrong.wue ?? issueOf(edit.error, 'declared_wue')}
        />
      </div>
      <Field
        label="Source of the declared WUE"
        name="declared_wue_source"
        defaultValue={fields.declared_wue_source ?? ''}
        placeholder="Operator’s environmental statement 2025"
        maxLength={200}
        error={issueOf(edit.error, 'declared_wue_source')}
      />
      <p className="text-meta text-muted">
        A new declared PUE, WUE or zone posts every day of this site again: hours that its meters cover keep the metered
        PUE, and its CUE takes the grid of the zone. Readings already taken keep the zone and deployment that they came
        with; new ones that say none follow this.
      </p>
      {edit.error && <FormRefusal error={edit.error} shownFields={FIELDS} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={edit.isPending}>
          {edit.isPending ? 'Saving' : 'Save site'}
        </Button>
        <span role="status">
          {edit.isSuccess && (
            <Status tone="verified">
              {edit.data.reopened_days === 0
                ? 'Saved; no day had to be posted again'
                : `Saved; ${formatCount(edit.data.reopened_days)} days are posted again`}
            </Status>
          )}
        </span>
      </div>
    </form>
  )
}
