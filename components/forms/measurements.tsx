'use client'
import { useState } from 'react'
import type { Measurement } from '@/lib/contracts/site-measurements'
import { formatCount, formatInstant } from '@/lib/units/format'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Button } from '../ui/button'
import { LinkButton } from '../ui/link-button'
import { Panel, type Span } from '../ui/panel'
import { MEASURED_WORDS, MeasurementDialog } from './measurement-dialog'

export interface MeasurementsProps {
  org: string
  slug: string
  /** Every revision, newest month first, the current one of each before the earlier ones. */
  measurements: readonly Measurement[]
  lastMonth: string
  canEdit: boolean
  span: Span
}

const COLUMNS: Column[] = [
  { key: 'month', label: 'Month' },
  { key: 'quantity', label: 'What' },
  { key: 'value', label: 'Value', align: 'right', plain: 'entered' },
  { key: 'unit', label: 'Unit' },
  { key: 'source', label: 'Source' },
  { key: 'revision', label: 'Revision' },
  { key: 'recorded', label: 'Recorded, UTC' },
  { key: 'edit', label: 'Action', align: 'right', sortable: false, plain: 'control' },
]

const nameOf = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
    .format(Date.parse(`${month}-01`))
    .replace('Sept', 'Sep')

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

const unbroken = (text: string) => ({ text, node: <span className="whitespace-nowrap">{text}</span> })

const titleOf = (measurements: readonly Measurement[]): string => {
  const current = measurements.filter(({ is_current }) => is_current)
  const months = new Set(current.map(({ month }) => month)).size
  const corrected = current.filter(({ revision }) => revision > 1).length
  if (months === 0) return 'Nothing is recorded by month'
  const said = `${months === 1 ? '1 month' : `${months} months`} recorded`
  return corrected === 0 ? said : `${said}, ${corrected === 1 ? '1 value' : `${corrected} values`} corrected`
}

/** Monthly measurements and their revisions; a correction never hides what stood before. */
export function Measurements({ org, slug, measurements, lastMonth, canEdit, span }: MeasurementsProps) {
  const [editing, setEditing] = useState<Measurement | 'new' | null>(null)
  const rows = measurements.map(
    (one): Row => ({
      id: `${one.month} ${one.quantity} ${one.revision}`,
      muted: !one.is_current,
      cells: {
        month: { text: nameOf(one.month), sort: one.month },
        quantity: unbroken(MEASURED_WORDS[one.quantity].label),
        value: { text: formatCount(one.value), sort: one.value },
        unit: MEASURED_WORDS[one.quantity].unit,
        source: { ...unbroken(shortened(one.source)), why: one.source },
        revision: one.is_current
          ? String(one.revision)
          : { text: `${one.revision}, superseded`, sort: one.revision, muted: true },
        recorded: {
          ...unbroken(formatInstant(one.recorded_at).replace('Sept', 'Sep')),
          sort: one.recorded_at,
          why: one.recorded_by.startsWith('key:') ? 'By an API key' : undefined,
        },
        edit:
          canEdit && one.is_current
            ? {
                text: '',
                node: (
                  <Button size={26} tone="quiet" onClick={() => setEditing(one)}>
                    Correct
                  </Button>
                ),
              }
            : { text: '' },
      },
    }),
  )
  return (
    <Panel
      span={span}
      title={titleOf(measurements)}
      meta="Water, energy and reused heat by month, for what has no hourly meter. A correction is a revision; the earlier one stays"
      tools={
        <>
          {measurements.length > 0 && (
            <LinkButton
              size={26}
              href={`/api/v1/sites/${encodeURIComponent(slug)}/measurements.csv?org=${org}`}
              download
            >
              CSV
            </LinkButton>
          )}
          {canEdit && (
            <>
              <LinkButton size={26} href={`/o/${org}/sites/${slug}/import?of=measurements`}>
                Import
              </LinkButton>
              <Button size={26} onClick={() => setEditing('new')}>
                Record a month
              </Button>
            </>
          )}
        </>
      }
    >
      <DataTable
        caption="Monthly measurements"
        columns={canEdit ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'edit')}
        rows={rows}
        density={28}
        maxHeight="420"
        empty={
          <span className="text-muted">
            WUE needs a month’s water, REF its renewable energy, ERF its reused heat. A water bill is enough to begin.
          </span>
        }
      />
      {editing !== null && (
        <MeasurementDialog
          org={org}
          slug={slug}
          standing={editing === 'new' ? null : editing}
          lastMonth={lastMonth}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  )
}
