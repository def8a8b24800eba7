'use client'
import { type FormEvent, useId } from 'react'
import { METER_QUANTITIES, type Meter, type MeterFields, type MeterQuantity } from '@/lib/contracts/meters'
import { useSaveMeter } from '../hooks/use-site-registers'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

export const QUANTITY_WORDS: Record<MeterQuantity, string> = {
  it_energy: 'IT energy',
  facility_energy: 'Facility energy',
  water: 'Water',
  renewable_energy: 'Renewable energy',
  reused_energy: 'Reused heat',
}

export interface MeterDialogProps {
  org: string
  slug: string
  /** Null for a new one. */
  meter: Meter | null
  /** Names of meters that are read here, for the list of the field. */
  readNames: readonly string[]
  onClose: () => void
}

const FIELDS = ['meter', 'serial', 'accuracy_class', 'calibrated_on', 'installed_on', 'removed_on', 'note'] as const

/** One line of the register: what measures, since when, how well, and until when. */
export function MeterDialog({ org, slug, meter, readNames, onClose }: MeterDialogProps) {
  const save = useSaveMeter(org, slug, meter?.meter_id ?? null)
  const formId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const told = (name: string) => String(data.get(name) ?? '').trim() || null
    const quantity = METER_QUANTITIES.find((one) => one === data.get('quantity')) ?? 'facility_energy'
    const fields: MeterFields = {
      meter: told('meter') ?? '',
      quantity,
      serial: told('serial'),
      accuracy_class: told('accuracy_class'),
      calibrated_on: told('calibrated_on'),
      installed_on: told('installed_on'),
      removed_on: told('removed_on'),
      note: told('note'),
    }
    save.mutate(fields, { onSuccess: onClose })
  }
  const error = (name: string) => issueOf(save.error, name)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={meter === null ? 'Add a meter' : 'Change the meter'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={formId} disabled={save.isPending}>
            {save.isPending ? 'Saving' : meter === null ? 'Add meter' : 'Save meter'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-3.5">
        <Field
          label="Meter"
          name="meter"
          required
          maxLength={200}
          defaultValue={meter?.meter ?? ''}
          list={`${formId}-names`}
          autoComplete="off"
          error={error('meter')}
          help="As senders name it in their readings"
        />
        <datalist id={`${formId}-names`}>
          {readNames.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Select
          label="Measures"
          name="quantity"
          defaultValue={meter?.quantity ?? 'facility_energy'}
          options={METER_QUANTITIES.map((value) => ({ value, label: QUANTITY_WORDS[value] }))}
          error={error('quantity')}
          help="An energy meter that is expected and silent makes its hours incomplete"
        />
        <div className="grid grid-cols-2 gap-3.5">
          <Field
            label="Serial number"
            name="serial"
            maxLength={200}
            defaultValue={meter?.serial ?? ''}
            error={error('serial')}
          />
          <Field
            label="Accuracy class"
            name="accuracy_class"
            maxLength={200}
            placeholder="0.5S"
            defaultValue={meter?.accuracy_class ?? ''}
            error={error('accuracy_class')}
          />
          <Field
            label="Installed on"
            name="installed_on"
            type="date"
            defaultValue={meter?.installed_on ?? ''}
            error={error('installed_on')}
          />
          <Field
            label="Last calibrated on"
            name="calibrated_on"
            type="date"
            defaultValue={meter?.calibrated_on ?? ''}
            error={error('calibrated_on')}
          />
        </div>
        <Field
          label="Removed on"
          name="removed_on"
          type="date"
          defaultValue={meter?.removed_on ?? ''}
          error={error('removed_on')}
          help="First day on which it no longer measures"
        />
        <Field label="Note" name="note" maxLength={200} defaultValue={meter?.note ?? ''} error={error('note')} />
        {save.error && <FormRefusal error={save.error} shownFields={[...FIELDS, 'quantity']} />}
      </form>
    </Dialog>
  )
}
