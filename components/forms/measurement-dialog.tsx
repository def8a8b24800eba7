'use client'
import { type FormEvent, useId, useState } from 'react'
import { MEASURED_QUANTITIES, type MeasuredQuantity } from '@/lib/contracts/site-measurements'
import { useRecordMeasurement } from '../hooks/use-site-registers'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { numberOf } from './asset-draft'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

export const MEASURED_WORDS: Record<MeasuredQuantity, { label: string; unit: string }> = {
  water_l: { label: 'Water withdrawn', unit: 'L' },
  facility_kwh: { label: 'Facility energy', unit: 'kWh' },
  it_kwh: { label: 'IT energy', unit: 'kWh' },
  renewable_kwh: { label: 'Renewable energy used', unit: 'kWh' },
  reused_kwh: { label: 'Heat reused elsewhere', unit: 'kWh' },
}

export interface MeasurementDialogProps {
  org: string
  slug: string
  /** What is corrected; null for a month that has none yet. */
  standing: { month: string; quantity: MeasuredQuantity; value: number; source: string } | null
  /** `2026-10` */
  lastMonth: string
  onClose: () => void
}

/** A month's value, or its correction: the earlier one stays beside it as a revision. */
export function MeasurementDialog({ org, slug, standing, lastMonth, onClose }: MeasurementDialogProps) {
  const record = useRecordMeasurement(org, slug)
  const [quantity, setQuantity] = useState<MeasuredQuantity>(standing?.quantity ?? 'water_l')
  const [wrong, setWrong] = useState<string>()
  const formId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const told = (name: string) => String(data.get(name) ?? '').trim()
    const value = numberOf(told('value'))
    if (value === null || !(value >= 0)) return setWrong('A number from 0 on. Not known? Then leave the month out.')
    setWrong(undefined)
    record.mutate(
      { month: standing?.month ?? told('month'), quantity, value, source: told('source') },
      { onSuccess: onClose },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={standing === null ? 'Record a month' : 'Correct a month'}
      description={
        standing === null
          ? 'For what has no hourly meter: a bill, a hand reading, a certificate.'
          : `${MEASURED_WORDS[standing.quantity].label}, ${standing.month}. The value that stands is kept as an earlier revision.`
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={formId} disabled={record.isPending}>
            {record.isPending ? 'Recording' : standing === null ? 'Record' : 'Record the correction'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-3.5">
        {standing === null && (
          <>
            <Field
              label="Month"
              name="month"
              type="month"
              required
              defaultValue={lastMonth}
              error={issueOf(record.error, 'month')}
            />
            <Select
              label="What was measured"
              name="quantity"
              value={quantity}
              onChange={(event) => setQuantity(event.currentTarget.value as MeasuredQuantity)}
              options={MEASURED_QUANTITIES.map((value) => ({
                value,
                label: `${MEASURED_WORDS[value].label}, ${MEASURED_WORDS[value].unit}`,
              }))}
              error={issueOf(record.error, 'quantity')}
            />
          </>
        )}
        <Field
          label={`Value, ${MEASURED_WORDS[quantity].unit}`}
          name="value"
          inputMode="decimal"
          autoComplete="off"
          required
          defaultValue={standing?.value ?? ''}
          error={wrong ?? issueOf(record.error, 'value')}
        />
        <Field
          label="Source"
          name="source"
          required
          maxLength={200}
          defaultValue={standing?.source ?? ''}
          placeholder="Water bill, October 2026"
          error={issueOf(record.error, 'source')}
        />
        {record.error && <FormRefusal error={record.error} shownFields={['month', 'quantity', 'value', 'source']} />}
      </form>
    </Dialog>
  )
}
