'use client'
import { type FormEvent, useState } from 'react'
import { OWN_KINDS, OWN_STATUSES, type OwnFactorFields } from '@/lib/contracts/factors'
import { formatCount } from '@/lib/units/format'
import { useStoreFactor } from '../hooks/use-factors'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

export interface FactorFormProps {
  org: string
  /** What is known beforehand: an override of a shared factor, or the newest version of an own one. */
  known: Partial<OwnFactorFields>
  /** Labels of kinds, by kind. */
  kindLabels: Record<string, string>
  /** What it is of is given and stays: an override, or a further version. */
  isFixed: boolean
}

const SHOWN: readonly string[] = Object.keys({
  kind: 0,
  name: 0,
  zone: 0,
  subject: 0,
  year: 0,
  valid_from: 0,
  valid_to: 0,
  value: 0,
  unit: 0,
  basis: 0,
  gases: 0,
  gwp_set: 0,
  u95: 0,
  source: 0,
  source_url: 0,
  licence: 0,
  status: 0,
  note: 0,
})

const BASIS_OPTIONS = [
  { value: '', label: 'None: no rate of electricity' },
  { value: 'direct', label: 'Direct: combustion' },
  { value: 'lifecycle', label: 'Life cycle: screening only' },
  { value: 'residual', label: 'Residual mix' },
  { value: 'supplier', label: 'Supplier' },
]
const GWP_OPTIONS = ['', 'AR4', 'AR5', 'AR6'].map((value) => ({ value, label: value || 'Not said' }))
const STATUS_WORDS: Record<(typeof OWN_STATUSES)[number], string> = {
  verified: 'Verified: read at the publisher',
  supplier: 'Stated by a supplier',
  licensed: 'From a licensed collection',
  recalled: 'Recalled: not confirmed yet',
}
const STATUS_OPTIONS = OWN_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))

/** `1,29` and `1.29` alike; null when left empty, NaN when it is no number. */
const numberOf = (text: string): number | null => (text === '' ? null : Number(text.replace(',', '.')))

const UNIT_HELP: Record<string, string> = {
  'grid-loss': 'fraction of generation, or g/kWh',
  pue: 'ratio',
  wue: 'L/kWh',
  'source-water': 'L/kWh',
  gwp: 'kg/kg',
  embodied: 'kg/device, or kg for a server',
  'end-of-life': 'kg/t',
  fuel: 'kg per unit: kg/l, kg/m3, kg/kWh gross',
  'fuel-upstream': 'kg per unit: kg/l, kg/m3, kg/kWh gross',
  accelerator: 'W',
  cpu: 'W',
}

export function FactorForm({ org, known, kindLabels, isFixed }: FactorFormProps) {
  const store = useStoreFactor(org)
  const [kind, setKind] = useState<string>(known.kind ?? 'grid-direct-year')
  const [valueError, setValueError] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string): string => String(data.get(name) ?? '').trim()
    const textOrNull = (name: string): string | null => text(name) || null
    const value = numberOf(text('value'))
    if (value === null || Number.isNaN(value)) {
      store.reset()
      return setValueError('A number. What is unknown needs no factor.')
    }
    setValueError(undefined)
    const u95 = numberOf(text('u95'))
    store.mutate({
      overrides: known.overrides ?? null,
      kind: (isFixed ? known.kind : kind) as OwnFactorFields['kind'],
      name: isFixed && known.name ? known.name : text('name'),
      zone: isFixed ? (known.zone ?? null) : textOrNull('zone'),
      subject: isFixed ? (known.subject ?? null) : textOrNull('subject'),
      year: numberOf(text('year')),
      valid_from: textOrNull('valid_from'),
      valid_to: textOrNull('valid_to'),
      value,
      unit: text('unit'),
      basis: (textOrNull('basis') as OwnFactorFields['basis']) ?? null,
      gases: textOrNull('gases'),
      gwp_set: (textOrNull('gwp_set') as OwnFactorFields['gwp_set']) ?? null,
      u95: u95 === null ? null : u95 / 100,
      source: text('source'),
      source_url: textOrNull('source_url'),
      licence: textOrNull('licence'),
      status: text('status') as OwnFactorFields['status'],
      note: textOrNull('note'),
    })
  }
  const error = (name: string) => issueOf(store.error, name)
  return (
    <form onSubmit={submit} noValidate className="grid max-w-[720px] gap-3.5">
      {!isFixed && (
        <>
          <Select
            label="Kind"
            name="kind"
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
            options={OWN_KINDS.map((value) => ({ value, label: kindLabels[value] ?? value }))}
            error={error('kind')}
          />
          <Field
            label="Name"
            name="name"
            required
            maxLength={200}
            defaultValue={known.name ?? ''}
            error={error('name')}
          />
          <div className="grid gap-3.5 sm:grid-cols-2">
            <Field
              label="Grid zone or country"
              name="zone"
              defaultValue={known.zone ?? ''}
              placeholder="DE or US-CAL-CISO"
              autoComplete="off"
              help="Of a rate of electricity"
              error={error('zone')}
            />
            <Field
              label="Of what"
              name="subject"
              defaultValue={known.subject ?? ''}
              placeholder="Diesel, 100% mineral"
              autoComplete="off"
              help="Fuel, gas, product or provider"
              error={error('subject')}
            />
          </div>
        </>
      )}
      {isFixed && known.overrides && !known.name && (
        <Field label="Name" name="name" required maxLength={200} error={error('name')} />
      )}
      <div className="grid gap-3.5 sm:grid-cols-3">
        <Field
          label="Value"
          name="value"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={known.value ?? ''}
          error={valueError ?? error('value')}
        />
        <Field
          label="Unit"
          name="unit"
          required
          defaultValue={known.unit ?? 'g/kWh'}
          help={UNIT_HELP[kind]}
          error={error('unit')}
        />
        <Field
          label="± % (95 %)"
          name="u95"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={known.u95 === null || known.u95 === undefined ? '' : known.u95 * 100}
          help="Empty: ours for the kind"
          error={error('u95')}
        />
      </div>
      <div className="grid gap-3.5 sm:grid-cols-3">
        <Field
          label="Year"
          name="year"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={known.year ?? ''}
          error={error('year')}
        />
        <Field
          label="Valid from"
          name="valid_from"
          type="date"
          defaultValue={known.valid_from ?? ''}
          error={error('valid_from')}
        />
        <Field
          label="Valid to"
          name="valid_to"
          type="date"
          defaultValue={known.valid_to ?? ''}
          help="First day outside"
          error={error('valid_to')}
        />
      </div>
      <div className="grid gap-3.5 sm:grid-cols-3">
        <Select
          label="Basis"
          name="basis"
          defaultValue={known.basis ?? ''}
          options={BASIS_OPTIONS}
          error={error('basis')}
        />
        <Select
          label="GWP set"
          name="gwp_set"
          defaultValue={known.gwp_set ?? ''}
          options={GWP_OPTIONS}
          error={error('gwp_set')}
        />
        <Field label="Gases" name="gases" defaultValue={known.gases ?? ''} placeholder="CO2e" error={error('gases')} />
      </div>
      <Field
        label="Source"
        name="source"
        required
        maxLength={200}
        defaultValue={known.source ?? ''}
        placeholder="IEA Emission Factors 2025, table 1"
        error={error('source')}
      />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field
          label="Address of the source"
          name="source_url"
          type="url"
          defaultValue={known.source_url ?? ''}
          placeholder="https://"
          error={error('source_url')}
        />
        <Field label="Licence" name="licence" defaultValue={known.licence ?? ''} error={error('licence')} />
      </div>
      <Select
        label="Standing"
        name="status"
        defaultValue={known.status ?? 'verified'}
        options={STATUS_OPTIONS}
        error={error('status')}
      />
      <Field label="Note" name="note" maxLength={200} defaultValue={known.note ?? ''} error={error('note')} />
      {store.error && <FormRefusal error={store.error} shownFields={SHOWN} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" disabled={store.isPending}>
          {store.isPending ? 'Storing' : 'Store version'}
        </Button>
        <span role="status">
          {store.isSuccess && (
            <Status tone="verified">
              {store.data.outcome === 'unchanged'
                ? 'Nothing changed'
                : `${store.data.factor_id}@${store.data.version} stored${
                    store.data.reopened_days > 0
                      ? `; ${formatCount(store.data.reopened_days)} days are posted again`
                      : ''
                  }`}
            </Status>
          )}
        </span>
      </div>
    </form>
  )
}
