import type { ReactNode } from 'react'
import { explainData } from '@/components/explain/explainable'
import { ExplainLink } from '@/components/figures/explain-link'
import { Nothing } from '@/components/figures/nothing'
import { UnitText } from '@/components/figures/unit-text'
import { cx } from '@/components/ui/cx'
import { statementAddress } from '@/lib/contracts/explain'
import { type Comparatives, changeText } from '@/lib/reports/comparatives'
import { intervalText } from '@/lib/reports/interval-text'
import { hoursText } from '@/lib/reports/narrative'
import { gradeMix } from '@/lib/reports/quality-text'
import type { ShownApart, StatementCell, StatementRow } from '@/lib/reports/scope-table'
import type { Statement } from '@/lib/reports/statement-model'
import { exactKilogramText, tonnes } from '@/lib/reports/tonnes'
import { formatCount, formatDay } from '@/lib/units/format'
import { ledgerHref } from '../_shared/addresses'

const CELL = 'border-b border-hairline py-1.5 pr-3 align-top last:pr-0'
const HEAD = 'pr-3 pb-1.5 align-bottom text-meta font-normal text-muted last:pr-0'
const GROUP = 'border-b border-hairline py-1 text-meta font-semibold'
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

const gradesText = (cell: StatementCell): string =>
  gradeMix(cell)
    .map(({ grade, perMille }) => `${grade}\u00a0${perMille < 5 ? '<1' : Math.round(perMille / 10)}`)
    .join(' ')

export interface ScopeSheetProps {
  org: string
  made: Statement
  gapWords: (reason: string) => string
  /** Under the table: what an analyst may do about screening figures. */
  screening?: ReactNode
}

/** The scope table of ESRS E1-6 in the layout of AR 48. What has no figure says so in words, never with a zero. */
export function ScopeSheet({ org, made, gapWords, screening }: ScopeSheetProps) {
  const { rows, year, keptOut, softwareUse, comparatives } = made
  const notes = notesOf(rows)
  const columns = columnsOf(comparatives)
  const width = 3 + columns.length + 4
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
        <table className="w-full min-w-[660px] border-collapse text-table">
          <caption className="sr-only">{`GHG emissions of ${year} by scope and category, tonnes of CO₂ equivalent`}</caption>
          <thead>
            <tr className="border-t border-rule">
              <td className="w-[34%]" />
              <th scope="colgroup" colSpan={columns.includes('base') ? 4 : 3} className={cx(GROUP, 'pr-3 text-right')}>
                Retrospective
              </th>
              {columns.includes('target') && (
                <th scope="colgroup" colSpan={2} className={cx(GROUP, 'pr-3 text-right')}>
                  Target
                </th>
              )}
              <th scope="colgroup" colSpan={3} className={cx(GROUP, WORKING, 'text-left')}>
                Working
              </th>
            </tr>
            <tr className="border-b border-tick">
              <th scope="col" className={cx(HEAD, 'text-left')}>
                Row, <UnitText text="tCO2eq" />
              </th>
              {columns.includes('base') && (
                <th scope="col" className={cx(HEAD, 'text-right')}>
                  Base year
                  <br />
                  {comparatives.baseYear}
                </th>
              )}
              <th scope="col" className={cx(HEAD, 'text-right')}>
                Compar.
                <br />
                {comparatives.beforeYear}
              </th>
              <th scope="col" className={cx(HEAD, 'text-right')}>
                N<br />
                {year}
              </th>
              <th scope="col" className={cx(HEAD, 'text-right whitespace-nowrap')}>
                % N /<br />
                N−1
              </th>
              {columns.includes('target') && (
                <>
                  <th scope="col" className={cx(HEAD, 'text-right')}>
                    {comparatives.target?.year}
                  </th>
                  <th scope="col" className={cx(HEAD, 'text-right')}>
                    Annual %
                    <br />
                    of base
                  </th>
                </>
              )}
              <th scope="col" className={cx(HEAD, WORKING, 'text-right')}>
                95 %<br />
                interval
              </th>
              <th scope="col" className={cx(HEAD, 'text-right')}>
                Hours
                <br />
                in gaps
              </th>
              <th scope="col" className={cx(HEAD, 'pl-2 text-left')}>
                Grades,
                <br />% of mass
              </th>
            </tr>
          </thead>
          {groupsOf(rows).map(({ head, lines }) => (
            <tbody key={head.code}>
              <GroupHead label={head.label} width={width} />
              {lines.map((row) => (
                <Line key={row.code} {...{ org, year, row, notes, gapWords, comparatives, columns }} />
              ))}
            </tbody>
          ))}
          {(keptOut.hours > 0 || softwareUse.hours > 0) && (
            <tbody>
              <GroupHead label="Shown apart, in no line and no total" width={width} />
              {keptOut.hours > 0 && (
                <Apart
                  org={org}
                  year={year}
                  label="Screening figures kept out of Scope 2"
                  apart={keptOut}
                  span={columns.length}
                  why="Only a life-cycle average was known for their zone; it counts upstream emissions that belong to Scope 3 category 3."
                />
              )}
              {softwareUse.hours > 0 && (
                <Apart
                  org={org}
                  year={year}
                  label="Use of software on customers’ machines"
                  apart={softwareUse}
                  span={columns.length}
                  why="Not counted in category 11 by the organisation’s choice (Boundary)."
                />
              )}
            </tbody>
          )}
        </table>
      </div>
      {screening}
      {comparatives.beforeFrom !== null && (
        <p className="mt-3 text-meta text-ink-2">
          Comparative {comparatives.beforeYear}: the ledger holds its days from {formatDay(comparatives.beforeFrom)} on.
        </p>
      )}
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
      <p className="mt-2 text-meta text-muted">
        “Not covered” is not zero. Location- and market-based totals are two methods for the same electricity and are
        never added. Grades: A metered and hourly; B measured with declared or estimated parts; C partly estimated,
        profile or annual average; D national or industry average. No removals or credits are netted. Totals are
        computed from unrounded values and may not sum by 1; the exact kilograms stand in the title of each figure.
      </p>
    </>
  )
}

type ExtraColumn = 'base' | 'target'
const columnsOf = ({ baseYear, target }: Comparatives): ExtraColumn[] => [
  ...(baseYear === null ? [] : (['base'] as const)),
  ...(target === null ? [] : (['target'] as const)),
]

const groupsOf = (rows: readonly StatementRow[]) => {
  const groups: { head: StatementRow; lines: StatementRow[] }[] = []
  for (const row of rows) {
    if (row.kind === 'group') groups.push({ head: row, lines: [] })
    else groups.at(-1)?.lines.push(row)
  }
  return groups
}

function GroupHead({ label, width }: { label: string; width: number }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={width} className="border-b border-tick pt-4 pb-1 text-left font-semibold">
        {label}
      </th>
    </tr>
  )
}

function Apart({
  org,
  year,
  label,
  apart,
  why,
  span,
}: {
  org: string
  year: number
  label: string
  apart: ShownApart
  why: string
  span: number
}) {
  return (
    <tr>
      <th scope="row" colSpan={span > 0 && span < 2 ? 2 : 1} className={cx(CELL, 'text-left font-normal')}>
        {label}
      </th>
      <td className={CELL} />
      <td className={cx(CELL, 'text-right whitespace-nowrap')}>
        <span className={EXPLAINED}>
          <ExplainLink href={ledgerHref(org, year, { deployment: apart.deployments })} of={label.toLowerCase()} />
          {plain(apart.mg, 'None of the hours has a figure')}
        </span>
      </td>
      <td colSpan={6} className={cx(CELL, 'pl-2 text-meta text-muted')}>
        {hoursText(apart.hours)}. {why}
      </td>
    </tr>
  )
}

const plain = (mg: bigint | null, why: string) =>
  mg === null ? <Nothing why={why} /> : <span title={`${exactKilogramText(mg)} kg CO₂eq`}>{tonnes(mg)}</span>

interface LineProps {
  org: string
  year: number
  row: StatementRow
  notes: readonly string[]
  gapWords: (reason: string) => string
  comparatives: Comparatives
  columns: ExtraColumn[]
}

function Line({ year, row, notes, gapWords, comparatives, columns }: LineProps) {
  const { cell, kind, label, clause, code } = row
  if (!cell) return null
  const strong = kind === 'subtotal' || kind === 'total'
  const uncovered = cell.state === 'not-covered'
  const note = cell.mg !== null && cell.reason ? notes.indexOf(cell.reason) : -1
  const compared = comparatives.rows[code]
  const target = comparatives.target?.rows[code]
  const explain = statementAddress(year, code)
  const change = changeText(compared?.change ?? null)
  const share = cell.u95
  const isWithin = share !== null && compared?.change != null && Math.abs(compared.change) < share
  return (
    <tr className={uncovered ? 'text-muted' : undefined}>
      <th
        scope="row"
        title={clause ?? undefined}
        className={cx(CELL, 'text-left', INDENT[kind], strong && !uncovered ? 'font-semibold' : 'font-normal')}
      >
        {label}
      </th>
      {columns.includes('base') && (
        <td className={cx(CELL, 'text-right whitespace-nowrap')}>
          {plain(compared?.baseMg ?? null, 'The ledger holds no figure of the base year')}
        </td>
      )}
      <td className={cx(CELL, 'text-right whitespace-nowrap')}>
        {uncovered
          ? null
          : plain(compared?.beforeMg ?? null, `The ledger holds no figure of ${comparatives.beforeYear}`)}
      </td>
      <td className={cx(CELL, 'text-right whitespace-nowrap')}>
        {cell.mg !== null ? (
          <span className={EXPLAINED}>
            <ExplainLink explain={explain} of={`${label}, ${year}`} />
            <span
              {...explainData({ explain, exact: cell.mg }, { text: tonnes(cell.mg), unit: 't CO2eq' })}
              title={`${exactKilogramText(cell.mg)} kg CO₂eq`}
              className="cursor-pointer font-semibold"
            >
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
      <td
        className={cx(CELL, 'text-right whitespace-nowrap', isWithin && 'text-muted')}
        title={isWithin ? 'Within the uncertainty of the figure' : undefined}
      >
        {change}
      </td>
      {columns.includes('target') && (
        <>
          <td className={cx(CELL, 'text-right whitespace-nowrap')}>{target ? tonnes(target.mg) : null}</td>
          <td className={cx(CELL, 'text-right whitespace-nowrap')}>
            {target ? changeText(target.annualPercent === null ? null : target.annualPercent / 100) : null}
          </td>
        </>
      )}
      {cell.mg === null ? (
        <td colSpan={3} className={cx(CELL, WORKING, 'text-meta leading-5 text-muted')}>
          {cell.reason}
        </td>
      ) : (
        <>
          <td className={cx(CELL, WORKING, 'text-right text-meta leading-5 whitespace-nowrap')}>
            {intervalText(cell) ?? '—'}
          </td>
          <td className={cx(CELL, 'text-right')} title={gapsTitle(cell, gapWords)}>
            {cell.hoursKnown + cell.gapHours === 0 ? '' : formatCount(cell.gapHours)}
          </td>
          <td className={cx(CELL, 'pl-2 text-meta leading-5')}>{gradesText(cell) || '—'}</td>
        </>
      )}
    </tr>
  )
}
