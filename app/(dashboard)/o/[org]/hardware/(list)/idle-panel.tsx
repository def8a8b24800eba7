import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import { assetAddress, type HardwareMeasure, hardwareAddress } from '@/lib/contracts/explain'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { formatPercent } from '@/lib/units/format'
import { massIn, massUnitOf } from '../../runs/_shared/amounts'
import { shareWords, shortened, sumOfBooks } from '../_shared/words'

/** Management view: what ran off = what workloads carried + what stood idle. Idle is a line, never spread in silence. */
export function IdlePanel({
  books,
  window,
  span,
  org,
}: {
  books: readonly AssetBook[]
  window: { from: string; to: string }
  span: Span
  org: string
}) {
  const served = books.filter(({ run_off_mg }) => run_off_mg !== null && run_off_mg > 0n)
  const [ranOff, carried, idle, excess] = (['run_off_mg', 'allocated_mg', 'idle_mg', 'excess_mg'] as const).map((of) =>
    sumOfBooks(served, (book) => book[of]),
  ) as [bigint | null, bigint | null, bigint | null, bigint | null]
  const unit = massUnitOf([ranOff])
  const hasExcess = excess !== null && excess > 0n
  const columns: Column[] = [
    { key: 'asset', label: 'Asset' },
    { key: 'ranOff', label: 'Ran off', unit, align: 'right' },
    { key: 'carried', label: 'Carried by workloads', unit, align: 'right' },
    ...(hasExcess
      ? ([{ key: 'excess', label: 'Beyond the register', unit, align: 'right', plain: 'beside' }] as const)
      : []),
    { key: 'idle', label: 'Idle', unit, align: 'right' },
    { key: 'share', label: 'Idle share', align: 'right', plain: 'beside' },
  ]
  const massCell = (measure: HardwareMeasure, mg: bigint | null, assetId?: string): Cell =>
    mg === null
      ? null
      : {
          sort: massIn(mg, unit),
          exact: mg,
          explain: assetId === undefined ? hardwareAddress(measure, window) : assetAddress(assetId, measure, window),
        }
  const rowOf = (
    id: string,
    asset: Row['cells'][string],
    sums: Pick<AssetBook, 'run_off_mg' | 'allocated_mg' | 'idle_mg' | 'excess_mg'>,
    assetId?: string,
  ): Row => {
    const share = sums.run_off_mg && sums.idle_mg !== null ? Number(sums.idle_mg) / Number(sums.run_off_mg) : null
    return {
      id,
      cells: {
        asset,
        ranOff: massCell('run-off', sums.run_off_mg, assetId),
        carried: massCell('carried', sums.allocated_mg, assetId),
        excess: sums.excess_mg === 0n ? { nothing: 'not-applicable' } : massIn(sums.excess_mg, unit),
        idle: massCell('idle', sums.idle_mg, assetId),
        share: share === null ? null : { text: formatPercent(share), sort: share },
      },
    }
  }
  const idleShare = shareWords(idle, ranOff)
  return (
    <Panel
      span={span}
      title={idleShare === null ? 'Nothing ran off in this range' : `${idleShare} of what ran off stood idle`}
      meta={
        <>
          Management view, {unit} CO<sub>2</sub>e amortised straight line by hours in service: ran off = carried + idle
        </>
      }
    >
      <DataTable
        caption="Idle hardware"
        columns={columns}
        rows={served.map((book) =>
          rowOf(
            book.asset.asset_id,
            {
              text: shortened(book.asset.name, 30),
              why: book.asset.name,
              href: `/o/${org}/hardware/${book.asset.asset_id}`,
            },
            book,
            book.asset.asset_id,
          ),
        )}
        total={rowOf('total', 'All', { run_off_mg: ranOff, allocated_mg: carried, idle_mg: idle, excess_mg: excess })}
        empty={<span className="text-muted">No asset with a known embodied value was in service in this range.</span>}
        density={28}
        sort={{ key: 'idle', direction: 'descending' }}
      />
      {hasExcess && (
        <p className="mt-2 text-meta text-warn">
          Workloads were booked with more than ran off: more devices are named by senders than are registered, or for
          longer.
        </p>
      )}
    </Panel>
  )
}
