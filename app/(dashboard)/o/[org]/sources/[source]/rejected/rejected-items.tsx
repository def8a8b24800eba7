'use client'
import { useState } from 'react'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { RejectedAnswer, RejectedView } from '@/lib/contracts/source-items'
import { formatCount, formatInstant } from '@/lib/units/format'
import { reasonWords } from '../../words'
import { MendAll } from './mend-all'
import { MendDialog } from './mend-dialog'
import { useRejected } from './use-replay'

const COLUMNS: Column[] = [
  { key: 'received', label: 'Received, UTC' },
  { key: 'reason', label: 'The reading …' },
  { key: 'payload', label: 'As it came', width: 'wide' },
  { key: 'state', label: 'State' },
  { key: 'mend', label: 'Action', align: 'right', sortable: false, plain: 'control' },
]

const MOST = 90

/** The item itself, without what the request said of all of them. */
const textOf = ({ payload }: RejectedView): string => {
  const { item, text, said: _, protocol: __, ...rest } = payload
  return typeof text === 'string' ? text : JSON.stringify(item ?? rest)
}

/** What was refused, with its payload: mended one by one, or a whole reason by one field. */
export function RejectedItems({
  org,
  source,
  initial,
  refusal,
}: {
  org: string
  source: string
  initial: RejectedAnswer
  refusal?: string | undefined
}) {
  const { data } = useRejected(org, source, initial)
  const [mending, setMending] = useState<RejectedView | null>(null)
  const open = data.items.filter((one) => one.replayed_at === null)
  const rows = data.items.map((item): Row => {
    const text = textOf(item)
    return {
      id: item.rejection_id,
      muted: item.replayed_at !== null,
      cells: {
        received: { text: formatInstant(item.received_at), sort: Date.parse(item.received_at) },
        reason: { text: reasonWords(item.reason), why: item.reason },
        payload: {
          text,
          node: (
            <code title={text} className="font-mono text-micro break-all">
              {text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text}
            </code>
          ),
        },
        state:
          item.replayed_at === null
            ? { text: 'Refused', node: <Status tone="breach">Refused</Status> }
            : {
                text: 'Replayed',
                why: `${formatInstant(item.replayed_at)} UTC`,
                node: <Status tone="verified">Replayed</Status>,
              },
        mend:
          item.replayed_at !== null
            ? { nothing: 'not-applicable' }
            : item.can_replay && refusal === undefined
              ? {
                  text: '',
                  node: (
                    <Button size={26} onClick={() => setMending(item)}>
                      Mend
                    </Button>
                  ),
                }
              : { text: null, why: refusal ?? 'Only a part of it was kept, or its protocol is not read item by item' },
      },
    }
  })
  return (
    <Panel
      title={
        data.items.length === 0
          ? 'No refused item is kept'
          : `${formatCount(open.length)} refused ${open.length === 1 ? 'item' : 'items'} to mend, ${formatCount(data.items.length - open.length)} replayed`
      }
      meta="The newest 500 of a source are kept as they came. What you mend goes through the same judge and the same door"
    >
      {open.length > 0 && <MendAll org={org} source={source} open={open} refusal={refusal} />}
      {rows.length > 0 && (
        <DataTable caption="Refused items" columns={COLUMNS} rows={rows} density={28} maxHeight="420" />
      )}
      {mending && <MendDialog org={org} source={source} item={mending} onClose={() => setMending(null)} />}
    </Panel>
  )
}
