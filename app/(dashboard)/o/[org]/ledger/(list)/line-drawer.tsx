import type { ReactNode } from 'react'
import { Figure } from '@/components/figures/figure'
import { GapNote } from '@/components/figures/gap-note'
import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { Badge } from '@/components/ui/badge'
import { CopyId } from '@/components/ui/copy-id'
import { Drawer } from '@/components/ui/drawer'
import { lineAddress } from '@/lib/contracts/explain'
import { type EntryLine, linesOfEntry, type ScopeSettings, workloadOf } from '@/lib/reports/ledger-lines'
import type { LedgerEntry } from '@/lib/rollups/ledger-entry'
import type { LineDetail } from '@/lib/rollups/ledger-line'
import { formatDay } from '@/lib/units/format'
import { counted, deploymentWords, gapWords, stageWords } from '../../runs/_shared/words'
import { kilogramsToTheMilligram } from './exact'
import { BatchesTable, FactorsTable, HoursTable, RevisionsTable, SeriesTable } from './line-tables'
import { Multiplication } from './multiplication'
import { MEASURE_WORDS, scopeMeaning, scopeWords } from './scope-words'

const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour)

function Part({ title, meta, children }: { title: string; meta?: string; children: ReactNode }) {
  return (
    <section className="mt-6">
      <h2 className="font-semibold">{title}</h2>
      {meta && <p className="text-meta text-muted">{meta}</p>}
      <div className="mt-2">{children}</div>
    </section>
  )
}

const nameOf = (entry: LedgerEntry): string => {
  const { kind, name } = workloadOf(entry)
  return kind === 'unallocated' ? 'Unallocated' : (name ?? 'Site')
}

const contextOf = (entry: LedgerEntry): string =>
  [
    entry.team,
    entry.model,
    entry.stage === null ? null : stageWords(entry.stage),
    entry.site,
    entry.zone,
    deploymentWords(entry.deployment),
    entry.hardware === null
      ? null
      : entry.hardware_count === null
        ? entry.hardware
        : `${entry.hardware_count} × ${entry.hardware}`,
  ]
    .filter(Boolean)
    .join(', ')

/** A line in one row, its multiplication behind it. */
function FurtherLine({ line }: { line: EntryLine }) {
  return (
    <details className="border-b border-hairline">
      <summary className="flex cursor-pointer items-baseline gap-3 py-2">
        <span className="min-w-0 flex-1">
          {line.scope.method === 'market_based' ? 'Market-based' : MEASURE_WORDS[line.measure]}
          <span className="text-meta text-muted"> {scopeMeaning(line.scope)}</span>
        </span>
        <span className="flex-none font-medium whitespace-nowrap">
          {kilogramsToTheMilligram(line.massMg) ?? '—'} <span className="font-normal text-muted">kg</span>
        </span>
      </summary>
      <Multiplication line={line} />
    </details>
  )
}

function LineFigure({ line }: { line: EntryLine }) {
  const gapHours = line.gaps.reduce((sum, { hours }) => sum + hours, 0)
  return (
    <div className="mt-4">
      <div className="flex flex-wrap items-center gap-3">
        <Figure
          size="drawer"
          value={kilogramsToTheMilligram(line.massMg)}
          unit="kg CO2e"
          explain={
            line.massMg === null
              ? undefined
              : lineAddress(
                  `led_${line.entry.entry_id.replaceAll('-', '')}`,
                  'location',
                  undefined,
                  line.hours.length < 24 ? line.scope.row_code : null,
                )
          }
          exact={line.massMg}
          explainOf="this line"
          why={line.gaps[0] ? `No figure: ${gapWords(line.gaps[0].reason)}` : 'No hour has a figure'}
        />
        <span title={scopeMeaning(line.scope)}>
          <Badge>{scopeWords(line.scope)}</Badge>
        </span>
        {line.entry.status === 'provisional' && <ProvisionalMark />}
      </div>
      <p className="mt-1 mb-3 text-meta text-muted">{scopeMeaning(line.scope)}</p>
      <Multiplication line={line} />
      {gapHours > 0 && (
        <GapNote>
          {counted(gapHours, 'hour')} without a figure:{' '}
          {line.gaps.map(({ reason, hours }) => `${gapWords(reason)} (${hours})`).join(', ')}.
        </GapNote>
      )}
    </div>
  )
}

export interface LineDrawerProps {
  /** What instruments take off each of its hours. */
  effects: (bigint | undefined)[]
  settings: ScopeSettings
  /** null: no entry of this organisation has the id. Whose it may be is not said. */
  detail: LineDetail | null
  closeHref: string
  today: string
}

/** One ledger line explained down to the requests it rests on. */
export function LineDrawer({ detail, effects, settings, closeHref, today }: LineDrawerProps) {
  if (!detail)
    return (
      <Drawer title="Ledger line" closeHref={closeHref}>
        <p className="font-semibold">Line not found</p>
        <p className="mt-1 text-muted">No line of this ledger has that id. Ids are copied from the last column.</p>
      </Drawer>
    )
  const { entry, revisions, series, batches, batchCount } = detail
  const location = linesOfEntry(entry, ALL_HOURS, { measure: 'all', settings })
  const operational = location.filter(({ measure }) => measure === 'operational')
  const market = linesOfEntry(entry, ALL_HOURS, { method: 'market', settings, effects }).filter(
    ({ scope }) => scope.method === 'market_based',
  )
  const further = location.filter(({ measure }) => measure !== 'operational')
  const context = contextOf(entry)
  return (
    <Drawer
      title="Ledger line"
      closeHref={closeHref}
      foot={
        <>
          <CopyId id={detail.id} className="min-w-0" />
          <span>
            revision {entry.revision}, {entry.status}
          </span>
        </>
      }
    >
      <p className="truncate text-lead font-semibold" title={nameOf(entry)}>
        {nameOf(entry)}
      </p>
      <p className="break-words text-muted">
        {formatDay(entry.day)}, UTC day{context && `; ${context}`}
      </p>
      {operational.map((line) => (
        <LineFigure key={line.scope.row_code} line={line} />
      ))}
      {(market.length > 0 || further.length > 0) && (
        <Part
          title="Further lines of this entry"
          meta="Location and market are two methods for the same electricity; embodied is a memo. None of them is added to another method"
        >
          {[...market, ...further].map((line) => (
            <FurtherLine key={`${line.measure} ${line.scope.row_code} ${line.scope.method}`} line={line} />
          ))}
        </Part>
      )}
      <Part title="Hour by hour" meta="Each hour is multiplied out on its own, rounded to a milligram, then added up">
        <HoursTable entry={entry} />
      </Part>
      <Part title="Factors">
        <FactorsTable entry={entry} />
      </Part>
      <Part title="Revisions" meta="A change posts a new revision; none is overwritten">
        <RevisionsTable revisions={revisions} today={today} />
      </Part>
      <Part title="Evidence" meta={`${counted(series.length, 'series', 'series')} and the requests that carried them`}>
        <SeriesTable series={series} />
        <p className="mt-4 mb-1 text-meta text-muted">
          {batchCount > batches.length
            ? `The ${batches.length} newest of ${counted(batchCount, 'request')} with readings of this day`
            : `${counted(batchCount, 'request')} with readings of this day`}
        </p>
        <BatchesTable batches={batches} today={today} />
      </Part>
    </Drawer>
  )
}
