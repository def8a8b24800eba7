'use client'
import { type FormEvent, useState } from 'react'
import { DEPLOYMENTS, type DeploymentName } from '@/lib/contracts/common'
import type { SiteFields } from '@/lib/contracts/sites'
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

const FIELDS = ['name', 'zone', 'deployment', 'declared_pue', 'declared_pue_source'] as const
const trimmed = (data: FormData, name: string): string => String(data.get(name) ?? '').trim()

/** `1,29` and `1.29` alike; null when left empty, NaN when it is no number. */
const pueOf = (text: string): number | null => (text === '' ? null : Number(text.replace(',', '.')))

export function SiteForm({ org, slug, fields }: SiteFormProps) {
  const edit = useEditSite(org, slug)
  const [pueError, setPueError] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const declared = pueOf(trimmed(data, 'declared_pue'))
    if (declared !== null && !(declared >= 1 && declared <= 5)) {
      edit.reset()
      setPueError('Between 1 and 5. Unknown? Leave empty.')
      return
    }
    setPueError(undefined)
    edit.mutate({
      name: trimmed(data, 'name'),
      zone: trimmed(data, 'zone') || null,
      deployment: (DEPLOYMENTS as readonly string[]).includes(trimmed(data, 'deployment'))
        ? (trimmed(data, 'deployment') as DeploymentName)
        : null,
      declared_pue: declared,
      declared_pue_source: declared === null ? null : trimmed(data, 'declared_pue_source') || null,
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
          error={pueError ?? issueOf(edit.error, 'declared_pue')}
        />
      </div>
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
      <p className="text-meta text-muted">
        A new declared PUE or zone posts every day of this site again: hours that its meters cover keep the metered PUE,
        and its CUE takes the grid of the zone. Readings already taken keep the zone and deployment that they came with;
        new ones that say none follow this.
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
