import { ExplainLink } from '@/components/figures/explain-link'
import { Nothing } from '@/components/figures/nothing'
import { UnitText } from '@/components/figures/unit-text'
import { cx } from '@/components/ui/cx'
import { hoursText } from '@/lib/reports/narrative'
import { gradeMixText } from '@/lib/reports/quality-text'
import { cellOfRow, type StatementCell, type StatementRow } from '@/lib/reports/scope-table'
import type { Statement } from '@/lib/reports/statement-model'
import { exactKilogramText, tonnes } from '@/lib/reports/tonnes'
import { formatCount } from '@/lib/units/format'
import { ledgerHref } from '../_shared/addresses'

const CELL = 'border-b border-hairline py-1.5 pr-3 align-top last:pr-0'
const HEAD = 'pr-3 pb-1.5 align-bottom text-meta font-normal text-muted last:pr-0'
const WORKING = 'border-l border-l-hairline pl-3'
const EXPLAINED = 'inline-flex items-start justify-end gap-0.5'
const INDENT: Partial<Record<StatementRow['kind'], string>> = { category: 'pl-3', subline: 'pl-6' }

/** Notes to a figure, in the order of the rows; equal words share a letter. */
const notesOf = (rows: readonly StatementRow[]): string[] => [
  ...new Set(rows.flatMap(({ cell }) => (cell?.mg != null && cell.reason ? [cell.reason] : []))),
]
const letter = (at: number): string => String.fromCharCode(97 + at)

const gapsTitle = (cell: StatementCell, words: (reason: string) => string): string | undefined =>
  cell.gaps.length === 0
    ? undefined
    : cell.gaps.map(({ reason, hours }) => `${hoursText(hours)}: ${words(reason)}`).join('; ')

export interface ScopeSheetProps {
  org: string
  made: Statement
  gapWords: (reason: string) => string
}

/** The scope table of ESRS E1-6 in the order of AR 48. What has no figure says so in words, never with a zero. */
export function ScopeSheet({ org, made, gapWords }: ScopeSheetProps) {
  const { rows, year, keptOut } = made
  const notes = notesOf(rows)
  const purchased = cellOfRow(rows, 's3')
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and a tab stop, not a section heading */}
      <div
        role="region"
        aria-label={`GHG emissions of ${year} by scope and category`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it (WCAG 2.1.1)
        tabIndex={0}
        className="relative overflow-x-auto"
      >
        <table className="w-full min-w-[600px] border-collapse text-table">
          <caption className="sr-only">{`GHG emissions of ${year} by scope and category, tonnes of CO₂ equivalent`}</caption>
          <thead>
            <tr className="border-t border-rule">
              <td className="w-[42%]" />
              <th scope="colgroup" className="border-b border-hairline py-1 pr-3 text-right text-meta font-semibold">
                Retrospective
              </th>
              <th
                scope="colgroup"
                colSpan={3}
                className={cx('border-b border-hairline py-1 text-left text-meta font-semibold', WORKING)}
              >
                Working
              </th>
            </tr>
            <tr className="border-b border-tick">
              <th scope="col" className={cx(HEAD, 'text-left')}>
                Row
              </th>
              <th scope="col" className={cx(HEAD, 'text-right whitespace-nowrap')}>
                N {year}
                <br />
                <UnitText text="tCO2eq" />
              </th>
              <th scope="col" className={cx(HEAD, WORKING, 'text-right')}>
                Hours with
                <br />a figure
              </th>
              <th scope="col" className={cx(HEAD, 'text-right')}>
                Hours
                <br />
                in gaps
              </th>
              <th scope="col" className={cx(HEAD, 'pl-2 text-left')}>
                Quality,
                <br />% of mass by grade
              </th>
            </tr>
          </thead>
          {groupsOf(rows).map(({ head, lines }) => (
            <tbody key={head.code}>
              <GroupHead label={head.label} />
              {lines.map((row) => (
                <Line key={row.code} org={org} year={year} row={row} notes={notes} gapWords={gapWords} />
              ))}
            </tbody>
          ))}
          {keptOut.hours > 0 && (
            <tbody>
              <GroupHead label="Shown apart, in no line and no total" />
              <tr>
                <th scope="row" className={cx(CELL, 'text-left font-normal')}>
                  Screening figures kept out of Scope 2
                </th>
                <td className={cx(CELL, 'text-right whitespace-nowrap')}>
                  <span className={EXPLAINED}>
                    <ExplainLink
                      href={ledgerHref(org, year, { deployment: keptOut.deployments })}
                      of="screening figures kept out of Scope 2"
                    />
                    <span title={`${exactKilogramText(keptOut.mg)} kg CO₂eq`}>{tonnes(keptOut.mg)}</span>
                  </span>
                </td>
                <td className={cx(CELL, WORKING, 'text-right')}>{formatCount(keptOut.hours)}</td>
                <td colSpan={2} className={cx(CELL, 'pl-2 text-meta text-muted')}>
                  Only a life-cycle average was known for their zone; it counts upstream emissions that belong to Scope
                  3 category 3.
                </td>
              </tr>
            </tbody>
          )}
        </table>
      </div>
      {notes.length > 0 && (
        <ol className="mt-3 text-meta text-ink-2">
          {notes.map((note, at) => (
            <li key={note} id={`note-${letter(at)}`} className="flex gap-1.5">
              <span aria-hidden="true">{letter(at)}.</span>
              <span>{note}</span>
            </li>
          ))}
        </ol>
      )}
      {purchased.screeningMg > 0n && (
        <p className="mt-2 text-meta text-ink-2">
          Of Scope 3,{' '}
          <span title={`${exactKilogramText(purchased.screeningMg)} kg CO₂eq`}>{tonnes(purchased.screeningMg)} t</span>{' '}
          rest on life-cycle averages (screening, grade D).
        </p>
      )}
      <p className="mt-2 text-meta text-muted">
        “Not covered” is not zero. Grades: A metered and hourly; B measured with declared or estimated parts; C partly
        estimated, profile or annual average; D national or industry average. No removals, credits or certificates are
        netted. Totals are computed from unrounded values and may not sum by 1; the exact kilograms stand in the title
        of each figure.
      </p>
    </>
  )
}

const groupsOf = (rows: readonly StatementRow[]) => {
  const groups: { head: StatementRow; lines: StatementRow[] }[] = []
  for (const row of rows) {
    if (row.kind === 'group') groups.push({ head: row, lines: [] })
    else groups.at(-1)?.lines.push(row)
  }
  return groups
}

function GroupHead({ label }: { label: string }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={5} className="border-b border-tick pt-4 pb-1 text-left font-semibold">
        {label}
      </th>
    </tr>
  )
}

function Line({
  org,
  year,
  row,
  notes,
  gapWords,
}: {
  org: string
  year: number
  row: StatementRow
  notes: readonly string[]
  gapWords: (reason: string) => string
}) {
  const { cell, kind, label, clause } = row
  if (!cell) return null
  const strong = kind === 'subtotal' || kind === 'total'
  const uncovered = cell.state === 'not-covered'
  const note = cell.mg !== null && cell.reason ? notes.indexOf(cell.reason) : -1
  return (
    <tr className={uncovered ? 'text-muted' : undefined}>
      <th
        scope="row"
        title={clause ?? undefined}
        className={cx(CELL, 'text-left', INDENT[kind], strong && !uncovered ? 'font-semibold' : 'font-normal')}
      >
        {label}
      </th>
      <td className={cx(CELL, 'text-right whitespace-nowrap')}>
        {cell.mg !== null ? (
          <span className={EXPLAINED}>
            <ExplainLink
              href={ledgerHref(org, year, kind === 'total' ? {} : { deployment: cell.deployments })}
              of={`${label}, ${year}`}
            />
            <span title={`${exactKilogramText(cell.mg)} kg CO₂eq`} className="font-semibold">
              {tonnes(cell.mg)}
            </span>
            <sup className="w-2 text-left text-[10px] leading-4 text-muted">{note >= 0 ? letter(note) : ''}</sup>
          </span>
        ) : uncovered ? (
          <span className="text-meta leading-5">not covered</span>
        ) : (
          <Nothing why={cell.reason ?? undefined} />
        )}
      </td>
      {uncovered || (cell.mg === null && cell.gapHours === 0) ? (
        <td colSpan={3} className={cx(CELL, WORKING, 'text-meta leading-5 text-muted')}>
          {cell.reason}
        </td>
      ) : (
        <>
          <td className={cx(CELL, WORKING, 'text-right')}>{formatCount(cell.hoursKnown)}</td>
          <td className={cx(CELL, 'text-right')} title={gapsTitle(cell, gapWords)}>
            {formatCount(cell.gapHours)}
          </td>
          <td className={cx(CELL, 'pl-2 text-meta leading-5', cell.mg !== null && 'whitespace-nowrap')}>
            {cell.mg === null ? cell.reason : gradeMixText(cell) || '—'}
          </td>
        </>
      )}
    </tr>
  )
}
