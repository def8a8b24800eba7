import type { ReactNode } from 'react'
import { Figure } from '@/components/figures/figure'
import { GapNote } from '@/components/figures/gap-note'
import { ProvisionalMark } from '@/components/figures/provisional-mark'
import { Badge } from '@/components/ui/badge'
import { CopyId } from '@/components/ui/copy-id'
import { Drawer } from '@/components/ui/drawer'
import { type EntryLine, linesOfEntry, workloadOf } from '@/lib/reports/ledger-lines'
import type { LedgerEntry } from '@/lib/rollups/ledger-entry'
import type { LineDetail } from '@/lib/rollups/ledger-line'
import { formatDay } from '@/lib/units/format'
import { counted, deploymentWords, gapWords, stageWords } from '../../runs/_shared/words'
import { kilogramsToTheMilligram } from './exact'
import { BatchesTable, FactorsTable, HoursTable, RevisionsTable, SeriesTable } from './line-tables'
import { Multiplication } from './multiplication'
import { scopeMeaning, scopeWords } from './scope-words'

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

function LineFigure({ line }: { line: EntryLine }) {
  const gapHours = line.gaps.reduce((sum, { hours }) => sum + hours, 0)
  return (
    <div className="mt-4">
      <div className="flex flex-wrap items-center gap-3">
        <Figure
          size="drawer"
          value={kilogramsToTheMilligram(line.locationMg)}
          unit="kg CO2e"
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
  /** null: no entry of this organisation has the id. Whose it may be is not said. */
  detail: LineDetail | null
  closeHref: string
  today: string
}

/** One ledger line explained down to the requests it rests on. */
export function LineDrawer({ detail, closeHref, today }: LineDrawerProps) {
  if (!detail)
    return (
      <Drawer title="Ledger line" closeHref={closeHref}>
        <p className="font-semibold">Line not found</p>
        <p className="mt-1 text-muted">No line of this ledger has that id. Ids are copied from the last column.</p>
      </Drawer>
    )
  const { entry, revisions, series, batches, batchCount } = detail
  const lines = linesOfEntry(entry, ALL_HOURS)
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
      {lines.map((line) => (
        <LineFigure key={line.scope.row_code} line={line} />
      ))}
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
