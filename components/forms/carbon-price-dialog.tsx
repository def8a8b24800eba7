'use client'
import { type FormEvent, useId, useState } from 'react'
import { type CarbonPrice, PRICE_KINDS } from '@/lib/contracts/settings'
import { useSaveCarbonPrice } from '../hooks/use-settings'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'
import { numberOf } from './number-text'
import { PRICE_WORDS } from './settings-words'

const SHOWN = ['name', 'kind', 'currency', 'price_per_t', 'valid_from', 'valid_to', 'scopes', 'method']
const SCOPES = [1, 2, 3] as const

/** One internal carbon price: what a tonne costs inside, from when, and on what. */
export function CarbonPriceDialog({
  org,
  price,
  onClose,
}: {
  org: string
  price: CarbonPrice | null
  onClose: () => void
}) {
  const save = useSaveCarbonPrice(org, price?.price_id ?? null)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const formId = useId()
  const errorOf = (name: string) => wrong[name] ?? issueOf(save.error, name)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const perTonne = numberOf(text('price_per_t'))
    const scopes = SCOPES.filter((scope) => data.getAll('scopes').includes(String(scope)))
    const missing = {
      ...(text('name') === '' && { name: 'Say what it is called.' }),
      ...((perTonne === null || Number.isNaN(perTonne)) && { price_per_t: 'How much a tonne?' }),
      ...(text('valid_from') === '' && { valid_from: 'From which day?' }),
      ...(scopes.length === 0 && { scopes: 'Choose at least one scope.' }),
    }
    setWrong(missing)
    if (Object.keys(missing).length > 0) return
    save.mutate(
      {
        name: text('name'),
        kind: PRICE_KINDS.find((one) => one === text('kind')) ?? 'shadow',
        currency: text('currency').toUpperCase(),
        price_per_t: perTonne as number,
        valid_from: text('valid_from'),
        valid_to: text('valid_to') || null,
        scopes: [...scopes],
        method: text('method') === 'market' ? 'market' : 'location',
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={price === null ? 'New carbon price' : 'Carbon price'}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button tone="primary" type="submit" form={formId} disabled={save.isPending}>
            {save.isPending ? 'Saving' : 'Save price'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-3.5">
        <Field
          label="Name"
          name="name"
          defaultValue={price?.name ?? ''}
          maxLength={200}
          autoComplete="off"
          error={errorOf('name')}
        />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Select
            label="Kind"
            name="kind"
            defaultValue={price?.kind ?? 'shadow'}
            options={PRICE_KINDS.map((value) => ({ value, label: PRICE_WORDS[value] }))}
          />
          <Select
            label="Charged on Scope 2"
            name="method"
            defaultValue={price?.method ?? 'location'}
            options={[
              { value: 'location', label: 'location-based' },
              { value: 'market', label: 'market-based' },
            ]}
          />
          <Field
            label="Price a tonne"
            name="price_per_t"
            inputMode="decimal"
            defaultValue={price?.price_per_t ?? ''}
            placeholder="95"
            autoComplete="off"
            error={errorOf('price_per_t')}
          />
          <Field
            label="Currency"
            name="currency"
            defaultValue={price?.currency ?? 'EUR'}
            maxLength={3}
            autoComplete="off"
            error={errorOf('currency')}
          />
          <Field
            label="From"
            name="valid_from"
            type="date"
            defaultValue={price?.valid_from ?? ''}
            error={errorOf('valid_from')}
          />
          <Field
            label="To, first day outside"
            name="valid_to"
            type="date"
            defaultValue={price?.valid_to ?? ''}
            error={errorOf('valid_to')}
            help="Empty: until further notice"
          />
        </div>
        <fieldset>
          <legend className="mb-1 text-meta font-medium">Scopes</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-1">
            {SCOPES.map((scope) => (
              <label key={scope} className="inline-flex min-h-6 cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  name="scopes"
                  value={scope}
                  defaultChecked={price === null || price.scopes.includes(scope)}
                  className="size-4 accent-accent"
                />
                {`Scope ${scope}`}
              </label>
            ))}
          </div>
          {errorOf('scopes') && <p className="mt-1 text-meta text-breach">{errorOf('scopes')}</p>}
        </fieldset>
        {save.error && <FormRefusal error={save.error} shownFields={SHOWN} />}
      </form>
    </Dialog>
  )
}
