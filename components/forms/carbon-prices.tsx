'use client'
import { useState } from 'react'
import type { CarbonPrice } from '@/lib/contracts/settings'
import { formatCount, formatDay, formatPercent, threeFigures } from '@/lib/units/format'
import { useRemoveCarbonPrice } from '../hooks/use-settings'
import { EmptyNoSource } from '../states/empty-no-source'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Button, buttonClass } from '../ui/button'
import { Menu } from '../ui/menu'
import { Panel } from '../ui/panel'
import { useNotify } from '../ui/toast'
import { CarbonPriceDialog } from './carbon-price-dialog'
import { PRICE_WORDS } from './settings-words'

export interface PricedRow {
  price: CarbonPrice
  volume_t: number
  share: number | null
  cost: number
  unknownDays: number
}

export interface CarbonPricesProps {
  org: string
  year: number
  rows: readonly PricedRow[]
  canEdit: boolean
}

const perimeter = ({ scopes, method }: CarbonPrice): string =>
  `Scope ${scopes.join(', ')}${scopes.includes(2) ? `, ${method}-based` : ''}`

const money = (amount: number, currency: string): string => `${currency} ${formatCount(Math.round(amount))}`

/** Internal carbon prices in the columns of ESRS E1-8, AR 66: type, volume at stake, price, perimeter. */
export function CarbonPrices({ org, year, rows, canEdit }: CarbonPricesProps) {
  const [open, setOpen] = useState<CarbonPrice | 'new' | null>(null)
  const { remove, restore } = useRemoveCarbonPrice(org)
  const notify = useNotify()
  const failed = (error: Error) => notify({ kind: 'error', text: error.message })
  const take = (price: CarbonPrice) =>
    remove.mutate(price.price_id, {
      onSuccess: () =>
        notify({
          text: `“${price.name}” is removed.`,
          action: { label: 'Undo', onSelect: () => restore.mutate(price.price_id, { onError: failed }) },
        }),
      onError: failed,
    })
  const columns: Column[] = [
    { key: 'name', label: 'Price', width: 'wide' },
    { key: 'type', label: 'Type' },
    { key: 'volume', label: 'Volume at stake', unit: 't CO2e', align: 'right', plain: 'part' },
    { key: 'share', label: 'Of all', align: 'right', plain: 'part' },
    { key: 'price', label: 'Price a tonne', align: 'right', plain: 'entered' },
    { key: 'perimeter', label: 'Perimeter' },
    { key: 'period', label: 'Holds' },
    { key: 'cost', label: `Cost ${year}`, align: 'right', plain: 'beside' },
    ...(canEdit
      ? [{ key: 'edit', label: 'Action', align: 'right' as const, sortable: false, plain: 'control' as const }]
      : []),
  ]
  const tableRows = rows.map(
    ({ price, volume_t, share, cost, unknownDays }): Row => ({
      id: price.price_id,
      cells: {
        name: { text: price.name.length > 44 ? `${price.name.slice(0, 43)}…` : price.name, why: price.name },
        type: {
          text: PRICE_WORDS[price.kind],
          node: <span className="whitespace-nowrap">{PRICE_WORDS[price.kind]}</span>,
        },
        volume: { text: threeFigures(volume_t), sort: volume_t },
        share: share === null ? null : { text: formatPercent(share), sort: share },
        price: { text: `${price.currency} ${threeFigures(price.price_per_t)}`, sort: price.price_per_t },
        perimeter: perimeter(price),
        period: {
          text:
            price.valid_to === null
              ? `from ${formatDay(price.valid_from)}`
              : `${formatDay(price.valid_from)} to before ${formatDay(price.valid_to)}`,
          sort: price.valid_from,
        },
        cost: {
          text: unknownDays > 0 ? `at least ${money(cost, price.currency)}` : money(cost, price.currency),
          sort: cost,
          why: unknownDays > 0 ? 'Some emissions inside its perimeter are unknown' : undefined,
        },
        edit: {
          text: '',
          node: (
            <Menu
              label={`Actions of ${price.name}`}
              trigger="Edit"
              triggerClassName={buttonClass('secondary', 26)}
              align="end"
              items={[
                { label: 'Change', onSelect: () => setOpen(price) },
                { label: 'Remove', danger: true, onSelect: () => take(price) },
              ]}
            />
          ),
        },
      },
    }),
  )
  const add = (
    <Button size={26} onClick={() => setOpen('new')}>
      Add price
    </Button>
  )
  const [first] = rows
  return (
    <Panel
      title={
        first === undefined
          ? 'No internal carbon price is set'
          : `${first.price.name.slice(0, 60)}: ${money(first.cost, first.price.currency)} in ${year} so far`
      }
      meta="Internal carbon prices, ESRS E1-8: cost = t × price of the days on which it held. A rate for decisions; it buys and offsets nothing"
      tools={canEdit && rows.length > 0 ? add : undefined}
    >
      {rows.length === 0 ? (
        <EmptyNoSource
          sentence="A shadow price or a fee makes carbon visible where money decides."
          action={canEdit ? add : <span className="text-muted">An analyst can set one</span>}
        />
      ) : (
        <DataTable caption="Internal carbon prices" columns={columns} rows={tableRows} />
      )}
      {open !== null && (
        <CarbonPriceDialog org={org} price={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Panel>
  )
}
