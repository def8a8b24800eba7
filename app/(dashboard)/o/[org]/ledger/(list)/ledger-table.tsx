'use client'
import Link from 'next/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import type { MouseEvent } from 'react'
import type { Explainable } from '@/components/explain/explainable'
import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { type Tier, TierMark, type TierOf } from '@/components/figures/tier-mark'
import { useLedger } from '@/components/hooks/use-ledger'
import { addressOf } from '@/components/shell/filter-query'
import { ErrorPanel } from '@/components/states/error-panel'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyId } from '@/components/ui/copy-id'
import { ProgressLine } from '@/components/ui/progress-line'
import { type ExplainedMeasure, lineAddress } from '@/lib/contracts/explain'
import type { LedgerAnswer, LedgerLine } from '@/lib/contracts/ledger'
import { formatCount, formatRatio, threeFigures } from '@/lib/units/format'
import { counted, deploymentWords, gapWords, shortDay, stageWords } from '../../runs/_shared/words'
import { kilogramsToTheMilligram, kilowattHours } from './exact'
import { MEASURE_WORDS, scopeMeaning, scopeWords } from './scope-words'

export interface LedgerTableProps {
  org: string
  /** The window and the live filters, as the API takes them. */
  query: string
  initial: LedgerAnswer
  today: string
}

const COLUMNS: Column[] = [
  { key: 'day', label: 'Day, UTC' },
  { key: 'workload', label: 'Workload' },
  { key: 'kind', label: 'Kind' },
  { key: 'mass', label: '', unit: 'kg CO2e', align: 'right' },
  { key: 'it', label: 'IT', unit: 'kWh', align: 'right' },
  { key: 'pue', label: 'PUE', align: 'right', plain: 'beside' },
  { key: 'facility', label: 'Facility', unit: 'kWh', align: 'right' },
  { key: 'intensity', label: 'Grid', unit: 'g/kWh', align: 'right', plain: 'beside' },
  { key: 'tiers', label: 'Grades' },
  { key: 'scope', label: 'Scope line' },
  { key: 'team', label: 'Team' },
  { key: 'model', label: 'Model' },
  { key: 'stage', label: 'Stage' },
  { key: 'site', label: 'Site' },
  { key: 'zone', label: 'Zone' },
  { key: 'deployment', label: 'Deployment' },
  { key: 'status', label: 'Status' },
  { key: 'id', label: 'Ledger id' },
]

const clipped = (text: string | null, why: string, width = 'max-w-32'): Cell =>
  text === null
    ? { text: null, why }
    : {
        text,
        node: (
          <span className={`block truncate ${width}`} title={text}>
            {text}
          </span>
        ),
      }

const uuidOf = (id: string): string =>
  id.replace(/^[a-z]+_/, '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const workloadCell = (org: string, { kind, id, name }: LedgerLine['workload']): Cell => {
  if (kind === 'unallocated')
    return { text: 'Unallocated', muted: true, why: 'Energy of site meters that no run or service claims' }
  if (kind === 'activity' || kind === 'asset')
    return {
      text: name,
      node: (
        <span className="block max-w-44 truncate" title={name ?? undefined}>
          {name}
        </span>
      ),
    }
  if (id === null) return { text: 'Site', muted: true, why: 'Energy that names neither run nor service' }
  return {
    text: name,
    node: (
      <span className="flex max-w-44 items-baseline gap-2">
        <Link
          href={`/o/${org}/runs/${uuidOf(id)}`}
          prefetch={false}
          title={name ?? undefined}
          className="-my-1 inline-block min-w-0 truncate py-1"
        >
          {name ?? 'Unnamed'}
        </Link>
        {kind === 'service' && <span className="flex-none text-meta text-muted">service</span>}
      </span>
    ),
  }
}

const mark = (of: TierOf, tier: number | null) => <TierMark tier={tier as Tier | null} of={of} />

const missingWhy = (line: LedgerLine): string =>
  line.gaps.length === 0
    ? line.workload.kind === 'activity' || line.workload.kind === 'asset'
      ? 'Recorded without a factor or a value'
      : 'No hour has a figure'
    : `No figure: ${line.gaps.map(({ reason, hours }) => `${gapWords(reason)} (${counted(hours, 'hour')})`).join(', ')}`

const numberCell = (text: string | null, why: string, explained: Explainable = {}): Cell => ({
  text,
  why: text === null ? why : undefined,
  ...explained,
})

/** Activities and purchases have their explanation where an entry has its drawer. */
const isRecord = (line: LedgerLine): boolean => line.workload.kind === 'activity' || line.workload.kind === 'asset'

/** An entry whose hours fall into two scope lines is explained line by line. */
const explainedBy = (line: LedgerLine, isWhole: boolean) => (measure: ExplainedMeasure, exact: string | null) =>
  exact === null || isRecord(line)
    ? {}
    : { explain: lineAddress(line.ledger_id, measure, undefined, isWhole ? null : line.scope.row_code), exact }

const kindCell = (line: LedgerLine): Cell => ({
  text: MEASURE_WORDS[line.measure],
  node: (
    <span className="whitespace-nowrap">
      {MEASURE_WORDS[line.measure]}
      {line.quantity && (
        <span className="text-meta text-muted">
          {' '}
          {threeFigures(line.quantity.value)}
          {'\u202f'}
          {line.quantity.unit}
        </span>
      )}
    </span>
  ),
})

const rowOf = (line: LedgerLine, { org, today, href, selected, isWhole }: RowContext): Row => {
  const explained = explainedBy(line, isWhole)
  return {
    id: `${line.ledger_id} ${line.scope.row_code} ${line.measure}`,
    selected,
    cells: {
      kind: kindCell(line),
      day: {
        text: line.day,
        node: isRecord(line) ? (
          <span className="whitespace-nowrap">{shortDay(line.day, today)}</span>
        ) : (
          <Link
            href={href}
            scroll={false}
            prefetch={false}
            aria-label={`Explain ${line.workload.name ?? line.workload.kind} on ${line.day}`}
            className="-my-1 inline-block py-1 whitespace-nowrap"
          >
            {shortDay(line.day, today)}
          </Link>
        ),
      },
      workload: workloadCell(org, line.workload),
      mass: numberCell(kilogramsToTheMilligram(line.co2e_mg), missingWhy(line), {
        explain: line.explain,
        exact: line.co2e_mg,
      }),
      it: numberCell(
        kilowattHours(line.energy_uwh),
        isRecord(line) ? 'No electricity' : 'IT energy is not told by the source',
        explained('energy', line.energy_uwh),
      ),
      pue: numberCell(formatRatio(line.pue), 'No hour has both IT and facility energy'),
      facility: numberCell(
        kilowattHours(line.facility_uwh),
        missingWhy(line),
        explained('facility', line.facility_uwh),
      ),
      intensity: numberCell(line.g_per_kwh === null ? null : threeFigures(line.g_per_kwh), missingWhy(line)),
      tiers: {
        node: (
          <span className="flex items-center gap-1.5 whitespace-nowrap">
            {mark('energy', line.tiers.energy)}
            {mark('overhead', line.tiers.overhead)}
            {mark('intensity', line.tiers.intensity)}
          </span>
        ),
      },
      scope: {
        node: (
          <span title={scopeMeaning(line.scope)}>
            <Badge>{scopeWords(line.scope)}</Badge>
          </span>
        ),
      },
      team: clipped(line.team, 'Names no team'),
      model: clipped(line.model, 'Names no model'),
      stage: clipped(line.stage === null ? null : stageWords(line.stage), 'Names no stage'),
      site: clipped(line.site, 'Names no site'),
      zone: clipped(line.zone, 'Grid zone unknown'),
      deployment: clipped(line.deployment === null ? null : deploymentWords(line.deployment), 'No electricity'),
      status: {
        node: (
          <span className="flex items-center gap-2 whitespace-nowrap">
            {line.status === 'provisional' ? <ProvisionalMark /> : <span className="text-muted">settled</span>}
            <span className="text-meta text-muted" title={`Revision ${line.line_version}`}>
              rev. {line.line_version}
            </span>
          </span>
        ),
      },
      id: { node: <CopyId id={line.ledger_id} short={`led_…${line.ledger_id.slice(-6)}`} /> },
    },
  }
}

interface RowContext {
  org: string
  today: string
  href: string
  selected: boolean
  /** The entry has this scope line and no other. */
  isWhole: boolean
}

/** Lines of the filter, newest day first, more on request; the foot is the sum of the whole filter, exact. */
export function LedgerTable({ org, query, initial, today }: LedgerTableProps) {
  const ledger = useLedger(org, query, initial)
  const router = useRouter()
  const pathname = usePathname()
  const asked = useSearchParams()
  const pages = ledger.data.pages
  const lines = pages.flatMap((page) => page.lines)
  const total = (pages.at(-1) ?? initial).total
  const open = asked.get('line')
  const hrefOf = (id: string) => {
    const next = new URLSearchParams(asked)
    next.set('line', id)
    return addressOf(pathname, next)
  }
  const split = new Set(
    lines
      .filter(({ measure }) => measure === 'operational')
      .map((line) => line.ledger_id)
      .filter((id, at, ids) => ids.indexOf(id) !== at),
  )
  const loaded = new Set(lines.filter((line) => !isRecord(line)).map((line) => line.ledger_id)).size
  // The whole row opens the line for a pointer; keyboards and readers have the link in its first cell.
  const pressRow = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement
    if (target.closest('a, button') || window.getSelection()?.toString()) return
    const row = target.closest<HTMLTableRowElement>('tbody tr')
    const line = row && lines[row.sectionRowIndex]
    if (line && !isRecord(line)) router.push(hrefOf(line.ledger_id), { scroll: false })
  }
  const mass = kilogramsToTheMilligram(total.co2e_mg)
  return (
    <div className="relative">
      {ledger.isFetching && <ProgressLine />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the link in each row */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the link in each row is the keyboard's way */}
      <div onClick={pressRow} className="[&_tbody_tr]:cursor-pointer">
        <DataTable
          caption="Ledger lines"
          density={28}
          sortable={false}
          columns={COLUMNS}
          rows={lines.map((line) =>
            rowOf(line, {
              org,
              today,
              href: hrefOf(line.ledger_id),
              selected: line.ledger_id === open,
              isWhole: line.measure !== 'operational' || !split.has(line.ledger_id),
            }),
          )}
          total={{
            id: 'total',
            cells: {
              day: 'Total',
              workload: [
                total.records > 0 ? counted(total.records, 'record') : '',
                total.entries > 0 || total.records === 0 ? counted(total.entries, 'entry', 'entries') : '',
              ]
                .filter(Boolean)
                .join(', '),
              mass: {
                text: mass === null ? null : `${mass}\u00a0kg`,
                why: mass === null ? 'No line has a figure' : 'Without the embodied memo',
                plain: 'told-here',
              },
              it: {
                text: kilowattHours(total.energy_uwh),
                why: 'IT energy is not told by the sources',
                plain: 'told-here',
              },
              facility: { text: kilowattHours(total.facility_uwh), why: 'No energy is known', plain: 'told-here' },
            },
          }}
        />
      </div>
      {ledger.isError && (
        <ErrorPanel
          words="More lines could not be read."
          detail="What is shown is complete up to its last line; the total is that of the whole filter."
          onRetry={() => ledger.fetchNextPage()}
        />
      )}
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-muted">
        <span role="status">
          {loaded < total.entries
            ? `${formatCount(loaded)} of ${counted(total.entries, 'entry', 'entries')} shown; the total is of all of them.`
            : `All ${counted(total.entries, 'entry', 'entries')} shown.`}
        </span>
        {ledger.hasNextPage && (
          <Button
            size={26}
            onClick={() => ledger.fetchNextPage()}
            disabled={ledger.isFetchingNextPage}
            aria-busy={ledger.isFetchingNextPage}
          >
            Load more
          </Button>
        )}
      </p>
    </div>
  )
}
