import Link from 'next/link'
import { BASIS_WORDS } from '@/components/forms/asset-words'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { assetAddress } from '@/lib/contracts/explain'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { formatCount, formatPercent, threeFigures } from '@/lib/units/format'
import { massIn, massUnitOf } from '../../runs/_shared/amounts'
import { shortDay } from '../../runs/_shared/words'
import { shortened, u95Of, withBounds } from '../_shared/words'

export interface AssetsTableProps {
  org: string
  window: readonly AssetBook[]
  /** The days of `window`. */
  days: { from: string; to: string }
  toDate: readonly AssetBook[]
  siteNames: ReadonlyMap<string, string>
  today: string
}

const UNKNOWN = 'Its embodied value is not known'

const share = (part: bigint | null, whole: bigint | null, why: string): Cell =>
  part === null || whole === null || whole === 0n
    ? { text: null, why }
    : { text: formatPercent(Number(part) / Number(whole)), sort: Number(part) / Number(whole) }

const unbroken = (text: string) => ({ text, node: <span className="whitespace-nowrap">{text}</span> })

/** The register with what it gave: to date, and in the window. */
export function AssetsTable({ org, window, days, toDate, siteNames, today }: AssetsTableProps) {
  const left = massUnitOf(window.map(({ left_mg }) => left_mg))
  const whole = massUnitOf(window.map(({ whole_mg }) => whole_mg))
  const byId = new Map(toDate.map((book) => [book.asset.asset_id, book]))
  const columns: Column[] = [
    { key: 'name', label: 'Asset' },
    { key: 'hardware', label: 'Hardware' },
    { key: 'site', label: 'Site' },
    { key: 'units', label: 'Units', align: 'right', plain: 'count' },
    { key: 'acquired', label: 'Acquired' },
    { key: 'life', label: 'Life, years', align: 'right', plain: 'entered' },
    { key: 'kg', label: 'A unit', unit: 'kg CO2e', align: 'right', plain: 'entered' },
    { key: 'basis', label: 'Basis' },
    { key: 'whole', label: 'All units', unit: whole, align: 'right' },
    { key: 'toDate', label: 'Allocated to date', align: 'right', plain: 'beside' },
    { key: 'left', label: 'Left', unit: left, align: 'right' },
    { key: 'idle', label: 'Idle in range', align: 'right', plain: 'beside' },
    { key: 'used', label: 'Utilisation', align: 'right', plain: 'time' },
    { key: 'rate', label: 'g a device-hour', align: 'right', plain: 'beside' },
    { key: 'power', label: 'TDP / idle, W', align: 'right', plain: 'entered' },
  ]
  const rows = window.map((book): Row => {
    const { asset } = book
    const all = byId.get(asset.asset_id)
    const isRetired = asset.retired_on !== null && asset.retired_on <= today
    return {
      id: asset.asset_id,
      muted: isRetired,
      cells: {
        name: { text: shortened(asset.name, 34), why: asset.name, href: `/o/${org}/hardware/${asset.asset_id}` },
        hardware: { ...unbroken(shortened(asset.hardware, 24)), why: asset.hardware },
        site:
          asset.site === null
            ? { nothing: 'not-applicable', why: 'Kept at no site' }
            : {
                text: asset.site,
                why: siteNames.get(asset.site),
                node: (
                  <Link href={`/o/${org}/sites/${asset.site}`} className="-my-1 inline-block py-1 whitespace-nowrap">
                    {asset.site}
                  </Link>
                ),
              },
        units: {
          text:
            asset.devices_per_unit === 1
              ? formatCount(asset.units)
              : `${formatCount(asset.units)} × ${formatCount(asset.devices_per_unit)}`,
          sort: book.devices,
        },
        acquired: { ...unbroken(shortDay(asset.purchased_on, '0000')), sort: asset.purchased_on },
        life: asset.life_years,
        kg:
          asset.embodied_kg === null
            ? { text: null, why: UNKNOWN }
            : {
                text: withBounds(asset.embodied_kg, u95Of(asset)),
                sort: asset.embodied_kg,
              },
        basis:
          asset.embodied_basis === null
            ? { text: null, why: UNKNOWN }
            : { ...unbroken(BASIS_WORDS[asset.embodied_basis]), why: asset.embodied_source ?? undefined },
        whole:
          book.whole_mg === null
            ? { text: null, why: UNKNOWN }
            : {
                text: threeFigures(massIn(book.whole_mg, whole) as number),
                sort: massIn(book.whole_mg, whole),
                explain: assetAddress(asset.asset_id, 'embodied'),
                exact: book.whole_mg,
              },
        toDate: share(all?.allocated_mg ?? null, book.whole_mg, UNKNOWN),
        left: isRetired
          ? {
              text: 'Retired',
              sort: 0,
              muted: true,
              plain: 'entered',
              why: `Since ${shortDay(asset.retired_on as string, '0000')}`,
            }
          : book.left_mg === null
            ? { text: null, why: UNKNOWN }
            : {
                sort: massIn(book.left_mg, left),
                exact: book.left_mg,
                explain: assetAddress(asset.asset_id, 'left', days),
              },
        idle: share(
          book.idle_mg,
          book.run_off_mg,
          book.run_off_mg === null ? UNKNOWN : 'Nothing ran off in this range',
        ),
        used:
          book.used_hours === null
            ? { text: null, why: 'No workload names this hardware' }
            : book.available_hours === 0
              ? { text: null, why: 'Not in service in this range' }
              : {
                  text: formatPercent(book.used_hours / book.available_hours),
                  sort: book.used_hours / book.available_hours,
                },
        rate:
          book.kg_per_device_hour === null
            ? { text: null, why: UNKNOWN }
            : { text: threeFigures(book.kg_per_device_hour * 1000), sort: book.kg_per_device_hour },
        power:
          asset.tdp_w === null
            ? { text: null, why: 'Not entered' }
            : {
                text: `${formatCount(asset.tdp_w)} / ${asset.idle_w === null ? '—' : formatCount(asset.idle_w)}`,
                sort: asset.tdp_w,
              },
      },
    }
  })
  return <DataTable caption="Hardware assets" columns={columns} rows={rows} maxHeight="420" />
}
