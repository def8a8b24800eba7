'use client'
import { type FormEvent, useState } from 'react'
import type { InstrumentFields, InstrumentKind } from '@/lib/contracts/instruments'
import { formatCount } from '@/lib/units/format'
import { useSaveInstrument } from '../hooks/use-instruments'
import { Button } from '../ui/button'
import { Field, FieldFrame, inputClass } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'
import { instrumentKindOptions } from './instrument-words'
import { numberOf, textOfNumber } from './number-text'

export interface InstrumentFormProps {
  org: string
  /** Null for a new one. */
  instrumentId: string | null
  initial: InstrumentFields | null
  sites: readonly { slug: string; name: string }[]
  /** On whose behalf certificates are usually cancelled. */
  organization: string
}

const SHOWN = [
  ...['kind', 'name', 'market', 'site', 'mwh', 'g_per_kwh', 'technology', 'tracking_system', 'serial', 'vintage_from'],
  ...['vintage_to', 'cancelled_on', 'cancelled_for', 'conveys_attribute', 'sole_claim', 'hourly_profile', 'evidence'],
]
const CERTIFICATES: readonly InstrumentKind[] = ['go', 'rec', 'i_rec']

const sharesOf = (text: string): number[] | null =>
  text.trim() === ''
    ? null
    : text
        .trim()
        .split(/[\s;,]+/)
        .map(Number)

const said = (data: FormData, name: string): string | null => String(data.get(name) ?? '').trim() || null

const Check = ({ name, label, help, on }: { name: string; label: string; help: string; on: boolean }) => (
  <label className="flex cursor-pointer items-start gap-2.5 border-b border-hairline py-2">
    <input type="checkbox" name={name} defaultChecked={on} className="mt-0.5 size-4 flex-none accent-accent" />
    <span>
      <b className="font-medium">{label}</b>
      <span className="block text-meta text-muted">{help}</span>
    </span>
  </label>
)

/** One contract or certificate; whether it counts is judged when it is saved. */
export function InstrumentForm({ org, instrumentId, initial, sites, organization }: InstrumentFormProps) {
  const save = useSaveInstrument(org, instrumentId)
  const [kind, setKind] = useState<InstrumentKind>(initial?.kind ?? 'go')
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const isRate = kind === 'supplier_rate'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const mwh = isRate ? null : numberOf(said(data, 'mwh') ?? '')
    const rate = numberOf(said(data, 'g_per_kwh') ?? '')
    const profile = isRate ? null : sharesOf(said(data, 'hourly_profile') ?? '')
    const missing: Record<string, string> = {
      ...(said(data, 'name') === null && { name: 'Say what it is called.' }),
      ...(!isRate && (mwh === null || Number.isNaN(mwh)) && { mwh: 'How many MWh?' }),
      ...((rate === null || Number.isNaN(rate)) && { g_per_kwh: 'Grams per kWh; 0 for wind, sun and water.' }),
      ...(said(data, 'vintage_from') === null && { vintage_from: 'From which day?' }),
      ...(said(data, 'vintage_to') === null && { vintage_to: 'To which day?' }),
      ...(profile?.some(Number.isNaN) && { hourly_profile: 'Numbers only, with spaces between them.' }),
    }
    setWrong(missing)
    if (Object.keys(missing).length > 0) return
    save.mutate({
      kind,
      name: said(data, 'name') ?? '',
      market: said(data, 'market') ?? '',
      site: said(data, 'site'),
      mwh,
      g_per_kwh: rate as number,
      technology: said(data, 'technology'),
      tracking_system: said(data, 'tracking_system'),
      serial: said(data, 'serial'),
      vintage_from: said(data, 'vintage_from') ?? '',
      vintage_to: said(data, 'vintage_to') ?? '',
      cancelled_on: said(data, 'cancelled_on'),
      cancelled_for: said(data, 'cancelled_for'),
      conveys_attribute: data.get('conveys_attribute') === 'on',
      sole_claim: data.get('sole_claim') === 'on',
      hourly_profile: profile,
      evidence: said(data, 'evidence'),
    })
  }
  const errorOf = (name: string) => wrong[name] ?? issueOf(save.error, name)
  const text = (name: keyof InstrumentFields) => ({
    name,
    defaultValue: String(initial?.[name] ?? ''),
    error: errorOf(name),
    autoComplete: 'off',
    maxLength: 200,
  })
  return (
    <form onSubmit={submit} noValidate className="@container grid gap-5">
      <div className="grid gap-3.5 @md:grid-cols-2">
        <Select
          label="Kind"
          name="kind"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as InstrumentKind)}
          options={instrumentKindOptions}
          error={errorOf('kind')}
        />
        <Field label="Name" {...text('name')} placeholder="GO portfolio, Norwegian hydro 2026" />
        <Field
          label="Market"
          {...text('market')}
          placeholder="EU"
          help="A country (DE), a grid zone (US-CAL-CISO), or EU"
        />
        <Select
          label="Bought for"
          name="site"
          defaultValue={initial?.site ?? ''}
          options={[
            { value: '', label: 'Any site of its market' },
            ...sites.map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
          error={errorOf('site')}
        />
        {!isRate && (
          <Field
            label="MWh"
            {...text('mwh')}
            defaultValue={textOfNumber(initial?.mwh ?? null)}
            inputMode="decimal"
            placeholder="2900"
          />
        )}
        <Field
          label={
            <>
              g CO<sub>2</sub>e per kWh
            </>
          }
          {...text('g_per_kwh')}
          inputMode="decimal"
          placeholder="0"
          help={
            isRate ? 'What the supplier states of all that it delivers' : 'At the power station; upstream is category 3'
          }
        />
        <Field label="Vintage from" type="date" {...text('vintage_from')} />
        <Field label="Vintage to" type="date" {...text('vintage_to')} help="First day outside" />
        <Field label="Technology" {...text('technology')} placeholder="Wind, onshore" />
      </div>
      <fieldset className="border-t border-hairline pt-3">
        <legend className="float-left mb-1 w-full text-meta font-semibold">Claim</legend>
        <div className="clear-both">
          <Check
            name="conveys_attribute"
            label="It conveys the emission rate"
            help="The rate of the generation goes with it, to its holder"
            on={initial?.conveys_attribute ?? true}
          />
          <Check
            name="sole_claim"
            label="It is the sole claim"
            help="No other instrument carries the claim to the same generation"
            on={initial?.sole_claim ?? true}
          />
        </div>
        <div className="mt-3.5 grid gap-3.5 @md:grid-cols-2">
          <Field
            label="Register"
            {...text('tracking_system')}
            placeholder="AIB EECS, HKNR"
            help={
              CERTIFICATES.includes(kind)
                ? 'A certificate lives in one'
                : 'Empty: the contract comes without certificates'
            }
          />
          <Field label="Serial numbers" {...text('serial')} />
          <Field label="Cancelled on" type="date" {...text('cancelled_on')} help="Redeemed, retired" />
          <Field
            label="Cancelled for"
            {...text('cancelled_for')}
            placeholder={organization}
            help="As the register’s statement says it"
          />
          <Field
            label="Evidence"
            {...text('evidence')}
            className="@md:col-span-2"
            placeholder="Cancellation statement 4411"
          />
        </div>
      </fieldset>
      {!isRate && (
        <FieldFrame
          id="hourly-profile"
          label="Hourly profile"
          error={errorOf('hourly_profile')}
          help="Shares by UTC hour: 24 for a typical day, 288 for months × hours, or each hour of the vintage. Empty is unknown: then there is no hourly score"
        >
          <textarea
            id="hourly-profile"
            name="hourly_profile"
            rows={3}
            defaultValue={initial?.hourly_profile?.join(' ') ?? ''}
            aria-describedby="hourly-profile-note"
            className={inputClass(Boolean(errorOf('hourly_profile')), 'h-auto py-1.5 font-mono text-meta')}
          />
        </FieldFrame>
      )}
      {save.error && <FormRefusal error={save.error} shownFields={SHOWN} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone={instrumentId === null ? 'primary' : 'secondary'} disabled={save.isPending}>
          {save.isPending ? 'Saving' : instrumentId === null ? 'Add instrument' : 'Save instrument'}
        </Button>
        <span role="status">
          {save.isSuccess && (
            <Status tone="verified">
              {save.data.reopened_months === 0
                ? 'Saved; no consumption in its vintage yet'
                : `Saved; ${formatCount(save.data.reopened_months)} ${save.data.reopened_months === 1 ? 'month is' : 'months are'} computed anew`}
            </Status>
          )}
        </span>
      </div>
    </form>
  )
}
