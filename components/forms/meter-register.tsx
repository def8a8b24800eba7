'use client'
import { useState } from 'react'
import type { Meter } from '@/lib/contracts/meters'
import { formatDay } from '@/lib/units/format'
import { useDeleteMeter, useSaveMeter } from '../hooks/use-site-registers'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Button, buttonClass } from '../ui/button'
import { LinkButton } from '../ui/link-button'
import { Menu } from '../ui/menu'
import { Panel, type Span } from '../ui/panel'
import { Status, type StatusTone } from '../ui/status'
import { useNotify } from '../ui/toast'
import { MeterDialog, QUANTITY_WORDS } from './meter-dialog'

/** A registered meter with what is read of it. */
export interface RegisteredMeter extends Meter {
  /** Last UTC day with a reading of this name; null: none ever. Water and heat are read by hand and have none. */
  last_day: string | null
}

export interface MeterRegisterProps {
  org: string
  slug: string
  meters: readonly RegisteredMeter[]
  /** Meters of the site that are read and not registered. */
  unregistered: readonly string[]
  /** UTC day of the server. */
  today: string
  canEdit: boolean
  span: Span
}

const COLUMNS: Column[] = [
  { key: 'meter', label: 'Meter' },
  { key: 'quantity', label: 'Measures' },
  { key: 'serial', label: 'Serial' },
  { key: 'class', label: 'Class' },
  { key: 'installed', label: 'Installed' },
  { key: 'calibrated', label: 'Calibrated' },
  { key: 'state', label: 'State' },
  { key: 'edit', label: 'Action', align: 'right', sortable: false, plain: 'control' },
]

const unbroken = (text: string) => ({ text, node: <span className="whitespace-nowrap">{text}</span> })

const day = (text: string | null) =>
  text === null
    ? { text: null, why: 'Not entered' }
    : { ...unbroken(formatDay(text).replace('Sept', 'Sep')), sort: text }

const yearsSince = (text: string, today: string): number => (Date.parse(today) - Date.parse(text)) / 31_557_600_000

const stateOf = (meter: RegisteredMeter, today: string): { tone: StatusTone; word: string } => {
  if (meter.removed_on !== null && meter.removed_on <= today)
    return { tone: 'locked', word: `Removed ${formatDay(meter.removed_on).replace('Sept', 'Sep')}` }
  if (meter.quantity !== 'it_energy' && meter.quantity !== 'facility_energy')
    return { tone: 'plain', word: 'Read by hand' }
  if (meter.last_day === null) return { tone: 'warn', word: 'Never read' }
  const silent = Math.round((Date.parse(today) - Date.parse(meter.last_day)) / 86_400_000)
  return silent > 1 ? { tone: 'stale', word: `Silent ${silent} days` } : { tone: 'verified', word: 'Live' }
}

const titleOf = (meters: readonly RegisteredMeter[], unregistered: readonly string[]): string => {
  if (meters.length === 0)
    return unregistered.length === 0 ? 'No meter is registered' : 'Meters are read that nobody registered'
  const count = meters.length === 1 ? '1 meter registered' : `${meters.length} meters registered`
  if (unregistered.length === 0) return count
  return `${count}; ${unregistered.length === 1 ? '1 more is' : `${unregistered.length} more are`} read`
}

const shortened = (text: string) => (text.length > 36 ? `${text.slice(0, 35)}…` : text)

/** What is known to measure here. Lines are added, corrected, given a last day, or taken out with an undo. */
export function MeterRegister({ org, slug, meters, unregistered, today, canEdit, span }: MeterRegisterProps) {
  const [editing, setEditing] = useState<Meter | 'new' | null>(null)
  const remove = useDeleteMeter(org, slug)
  const add = useSaveMeter(org, slug, null)
  const notify = useNotify()
  const takeOut = ({ meter_id, last_day: _, ...fields }: RegisteredMeter) =>
    remove.mutate(meter_id, {
      onSuccess: () =>
        notify({
          text: `${fields.meter} is out of the register.`,
          action: { label: 'Undo', onSelect: () => add.mutate(fields) },
        }),
      onError: (error) => notify({ kind: 'error', text: error.message }),
    })
  const rows = meters.map((meter): Row => {
    const state = stateOf(meter, today)
    const isOld = meter.calibrated_on !== null && yearsSince(meter.calibrated_on, today) > 2
    return {
      id: meter.meter_id,
      muted: state.tone === 'locked',
      cells: {
        meter: { text: shortened(meter.meter), why: meter.note ? `${meter.meter}: ${meter.note}` : meter.meter },
        quantity: unbroken(QUANTITY_WORDS[meter.quantity]),
        serial:
          meter.serial === null
            ? { text: null, why: 'Not entered' }
            : {
                text: meter.serial,
                node: <span className="font-mono text-meta whitespace-nowrap">{meter.serial}</span>,
              },
        class: meter.accuracy_class ?? { text: null, why: 'Not entered' },
        installed: day(meter.installed_on),
        calibrated: isOld ? { ...day(meter.calibrated_on), why: 'More than two years ago' } : day(meter.calibrated_on),
        state: { text: state.word, node: <Status tone={state.tone}>{state.word}</Status> },
        edit: canEdit
          ? {
              text: '',
              node: (
                <Menu
                  label={`${meter.meter}, ${QUANTITY_WORDS[meter.quantity]}`}
                  trigger="Change"
                  triggerClassName={buttonClass('quiet', 26)}
                  items={[
                    { label: 'Edit', onSelect: () => setEditing(meter) },
                    { label: 'Take out of the register', danger: true, onSelect: () => takeOut(meter) },
                  ]}
                />
              ),
            }
          : { nothing: 'not-applicable', why: 'Needs the owner, admin or analyst role' },
      },
    }
  })
  return (
    <Panel
      span={span}
      title={titleOf(meters, unregistered)}
      meta="The register: type, accuracy, calibration, and the days of service. An energy meter that is expected and silent makes an hour incomplete"
      tools={
        <>
          {meters.length > 0 && (
            <LinkButton size={26} href={`/api/v1/sites/${encodeURIComponent(slug)}/meters.csv?org=${org}`} download>
              CSV
            </LinkButton>
          )}
          {canEdit && (
            <>
              <LinkButton size={26} href={`/o/${org}/sites/${slug}/import?of=meters`}>
                Import
              </LinkButton>
              <Button size={26} onClick={() => setEditing('new')}>
                Add meter
              </Button>
            </>
          )}
        </>
      }
    >
      <DataTable
        caption="Registered meters"
        columns={canEdit ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'edit')}
        rows={rows}
        density={28}
        empty={
          <span className="text-muted">
            {unregistered.length === 0
              ? 'Nobody entered a meter; those that are read are taken for all there are.'
              : `Read, and not entered: ${unregistered.slice(0, 4).join(', ')}${unregistered.length > 4 ? ' …' : ''}.`}
          </span>
        }
      />
      {meters.length > 0 && unregistered.length > 0 && (
        <p className="mt-2 text-meta text-muted">
          {`Read, and not registered: ${unregistered.slice(0, 6).join(', ')}${unregistered.length > 6 ? ' …' : ''}.`}
        </p>
      )}
      {editing !== null && (
        <MeterDialog
          org={org}
          slug={slug}
          meter={editing === 'new' ? null : editing}
          readNames={unregistered}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  )
}
