'use client'
import Link from 'next/link'
import { useFactors } from '@/components/hooks/use-factors'
import { ErrorPanel } from '@/components/states/error-panel'
import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ProgressLine } from '@/components/ui/progress-line'
import { Status } from '@/components/ui/status'
import type { FactorListRow, FactorsAnswer } from '@/lib/contracts/factors'
import { formatCount } from '@/lib/units/format'
import { counted } from '../../runs/_shared/words'
import { basisWords, factorNumber, isFirm, spreadWords, statusWords, validityWords } from '../_shared/words'

export interface FactorsTableProps {
  org: string
  /** The filters, as the API takes them. */
  query: string
  initial: FactorsAnswer
}

const COLUMNS: Column[] = [
  { key: 'name', label: 'Factor' },
  { key: 'kind', label: 'Kind' },
  { key: 'zone', label: 'Place' },
  { key: 'value', label: 'Value', align: 'right', plain: 'published' },
  { key: 'spread', label: '95 %', align: 'right', plain: 'beside' },
  { key: 'unit', label: 'Unit' },
  { key: 'basis', label: 'Basis' },
  { key: 'valid', label: 'Valid' },
  { key: 'status', label: 'Status' },
  { key: 'version', label: 'Version', align: 'right', plain: 'count' },
  { key: 'lines', label: 'Lines this year', align: 'right', plain: 'count' },
  { key: 'licence', label: 'Licence' },
  { key: 'source', label: 'Source' },
]

const clipped = (text: string | null, width: string) =>
  text === null
    ? null
    : {
        text,
        node: (
          <span className={`block truncate text-muted ${width}`} title={text}>
            {text}
          </span>
        ),
      }

function Version({ row }: { row: FactorListRow }) {
  if (row.newest_version > row.version)
    return <Status tone="warn">{`${row.version}, ${row.newest_version} waits`}</Status>
  return <span className="text-muted">{row.version}</span>
}

const rowOf = (row: FactorListRow, org: string): Row => ({
  id: `${row.is_own} ${row.factor_id}`,
  muted: row.overridden_by !== null,
  cells: {
    name: {
      text: row.name,
      node: (
        <span className="flex max-w-96 items-baseline gap-2">
          <Link
            href={`/o/${org}/factors/${encodeURIComponent(row.factor_id)}`}
            prefetch={false}
            title={`${row.name} (${row.factor_id})`}
            className="-my-1 inline-block min-w-0 truncate py-1"
          >
            {row.name}
          </Link>
          {row.is_own && <Badge>own</Badge>}
          {row.overridden_by !== null && <Badge>overridden</Badge>}
        </span>
      ),
    },
    kind: { text: row.kind_label, node: <span className="whitespace-nowrap">{row.kind_label}</span> },
    zone: row.zone
      ? { text: row.zone, node: <span className="whitespace-nowrap">{row.zone}</span> }
      : { nothing: 'not-applicable', why: 'Of no place' },
    value:
      row.value === null
        ? { text: null, why: `${statusWords(row.status)}: unknown, and never taken as 0` }
        : { text: factorNumber(row.value), sort: row.value },
    spread:
      row.u95 === null
        ? { nothing: 'not-applicable', why: 'No interval is given' }
        : {
            text: spreadWords(row.u95),
            node: (
              <span
                className={row.u95_is_ours ? 'text-muted' : undefined}
                title={row.u95_is_ours ? 'Ours for this kind; the source states none' : 'As the source states it'}
              >
                {spreadWords(row.u95)}
                {row.u95_is_ours && <span className="sr-only">, ours</span>}
              </span>
            ),
          },
    unit: {
      text: row.unit,
      node: (
        <span className="block max-w-44 truncate" title={row.unit}>
          {row.unit}
        </span>
      ),
    },
    basis: (basisWords(row.basis) && {
      text: basisWords(row.basis),
      node: <span className="whitespace-nowrap">{basisWords(row.basis)}</span>,
    }) ?? { nothing: 'not-applicable', why: 'No rate of electricity' },
    valid: validityWords(row)
      ? { text: validityWords(row), node: <span className="whitespace-nowrap">{validityWords(row)}</span> }
      : { nothing: 'not-applicable', why: 'Bound to no time' },
    status: {
      text: statusWords(row.status),
      node: <Status tone={isFirm(row.status) ? 'plain' : 'warn'}>{statusWords(row.status)}</Status>,
    },
    version: { text: String(row.version), node: <Version row={row} /> },
    lines: row.lines === 0 ? { text: '0', muted: true } : { text: formatCount(row.lines), sort: row.lines },
    licence: clipped(row.licence, 'max-w-40') ?? { text: null, why: 'Not known' },
    source: clipped(row.source, 'max-w-72'),
  },
})

/** The whole library, a hundred rows at a time; the filters are the server's. */
export function FactorsTable({ org, query, initial }: FactorsTableProps) {
  const factors = useFactors(org, query, initial)
  const { pages } = factors.data
  const rows = pages.flatMap((page) => page.factors)
  const total = pages.at(-1)?.total ?? initial.total
  return (
    <div className="relative">
      {factors.isFetching && <ProgressLine />}
      <DataTable
        caption="Factors"
        density={28}
        sortable={false}
        columns={COLUMNS}
        rows={rows.map((row) => rowOf(row, org))}
      />
      {factors.isError && (
        <ErrorPanel
          words="More factors could not be read."
          detail="What is shown is complete up to its last row."
          onRetry={() => factors.fetchNextPage()}
        />
      )}
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-muted">
        <span role="status">
          {rows.length < total
            ? `${formatCount(rows.length)} of ${counted(total, 'factor')} shown`
            : `All ${counted(total, 'factor')} shown`}
        </span>
        {factors.hasNextPage && (
          <Button
            size={26}
            onClick={() => factors.fetchNextPage()}
            disabled={factors.isFetchingNextPage}
            aria-busy={factors.isFetchingNextPage}
          >
            Load more
          </Button>
        )}
      </p>
    </div>
  )
}
