'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { callApi } from '@/components/forms/call-api'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { type TailAnswer, tailAnswerSchema } from '@/lib/contracts/source-items'
import { formatInstant } from '@/lib/units/format'
import { durationWords } from '../../words'

const EVERY_MS = 2000

const COLUMNS: Column[] = [
  { key: 'received', label: 'Received, UTC' },
  { key: 'at', label: 'Reading of, UTC' },
  { key: 'lag', label: 'Lag', align: 'right', plain: 'time' },
  { key: 'meter', label: 'Meter' },
  { key: 'value', label: 'Value', align: 'right', plain: 'read' },
  { key: 'unit', label: 'Unit' },
  { key: 'kind', label: 'Kind' },
  { key: 'workload', label: 'Run or service' },
  { key: 'team', label: 'Team' },
  { key: 'site', label: 'Site' },
]

const MOST = 36
const shortened = (text: string | null) =>
  text === null ? null : { text: text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text, why: text }

const clock = (at: string) => ({
  text: `${formatInstant(at).slice(0, -6)} ${at.slice(11, 19)}`,
  sort: Date.parse(at),
})

const valueText = (value: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: 9, useGrouping: true }).format(value)

const rowOf = (one: TailAnswer['readings'][number], at: number): Row => ({
  id: `${one.received_at} ${one.meter} ${one.at} ${at}`,
  cells: {
    received: clock(one.received_at),
    at: clock(one.at),
    lag: {
      text: durationWords(Date.parse(one.received_at) - Date.parse(one.at)),
      sort: Date.parse(one.received_at) - Date.parse(one.at),
    },
    meter: shortened(one.meter),
    value: { text: valueText(one.value), sort: one.value },
    unit: one.unit,
    kind: one.kind,
    workload: shortened(one.run ?? one.service),
    team: shortened(one.team),
    site: shortened(one.site),
  },
})

/** The newest readings, asked for every two seconds while the page is seen; a stop keeps them still to be read. */
export function LiveTail({ org, source, initial }: { org: string; source: string; initial: TailAnswer }) {
  const [isRunning, setIsRunning] = useState(true)
  const { data, error } = useQuery({
    queryKey: ['tail', org, source],
    queryFn: ({ signal }) => callApi(`/api/v1/sources/${source}/tail`, org, tailAnswerSchema, { signal }),
    initialData: initial,
    refetchInterval: isRunning ? EVERY_MS : false,
    refetchIntervalInBackground: false,
  })
  const [first] = data.readings
  return (
    <Panel
      title={
        first
          ? `The newest ${data.readings.length} readings, the last of them received ${durationWords(Date.parse(data.now) - Date.parse(first.received_at))} ago`
          : 'No reading has been stored yet'
      }
      meta={
        error
          ? `Not reached a moment ago: ${error.message}`
          : 'As the meter gave them; asked for every two seconds while this page is seen'
      }
      tools={
        <Button size={26} onClick={() => setIsRunning(!isRunning)} aria-pressed={!isRunning}>
          {isRunning ? 'Hold' : 'Go on'}
        </Button>
      }
    >
      <DataTable
        caption="Newest readings"
        columns={COLUMNS}
        rows={data.readings.map(rowOf)}
        density={28}
        empty={<span className="text-muted">Nothing was stored. What was refused stands under Rejected.</span>}
      />
    </Panel>
  )
}
