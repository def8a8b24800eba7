import { FACTOR_ROLES } from '@/lib/rollups/factors-used'
import { formatDay, formatPercent, formatRatio } from '@/lib/units/format'
import { changeText } from '../comparatives'
import { intervalText } from '../interval-text'
import { methodNotes } from '../method-notes'
import { finding, hoursText, narrative } from '../narrative'
import { gradeMixText } from '../quality-text'
import { cellOfRow, type StatementRow } from '../scope-table'
import { shareText } from '../shares'
import type { Quality, ShareRow, Statement, TierShare } from '../statement-model'
import { exactKilogramText, exactKilowattHourText, tonnes, wholeKilowattHours } from '../tonnes'
import {
  DEPLOYMENT_LABEL,
  ENERGY_TIERS,
  FACTOR_ROLE_WORDS,
  gapWords,
  INTENSITY_TIERS,
  OVERHEAD_TIERS,
  STATUS_WORDS,
} from '../words'
import { type Bar, drawLede } from './figures'
import { mm, type Paper, STYLE } from './paper'
import { drawTable, type PdfRow } from './table'
import type { Text } from './type'

/** The numbered sections of the statement: layout only, every figure comes from the model. */

const mass = (mg: bigint | null): string => (mg === null ? '—' : tonnes(mg))
const energy = (uwh: bigint | null): string => (uwh === null ? '—' : wholeKilowattHours(uwh))
const exactMassText = (mg: bigint | null): string => (mg === null ? '—' : exactKilogramText(mg))
const count = (number: number): string => number.toLocaleString('en-US')
const note = (paper: Paper, text: Text) => {
  paper.paragraph(text, STYLE.small)
  paper.gap(3)
}

/** More rows than a reader turns pages for: the rest is summed, and stands in the ledger CSV line by line. */
const MOST_ROWS = 300

/** The explanation of a row's figure, as a link of the document; null without a figure. */
export type LinkOf = (rowCode: string) => string

export const drawScopes = (paper: Paper, statement: Statement, linkOf: LinkOf): void => {
  const { comparatives, keptOut, softwareUse, rows, year } = statement
  paper.section('1', 'Gross Scopes 1, 2, 3 and total GHG emissions', { newPage: true })
  drawLede(paper, narrative(statement).slice(0, 2).join(' '), scopeFigure(statement))
  const hasBase = comparatives.baseYear !== null
  const hasTarget = comparatives.target !== null
  const notes = notesOf(rows)
  drawTable(paper, {
    number: 'Table 1',
    title: `GHG emissions of ${year} by scope and category, tCO₂eq (ESRS E1-6 §44, AR 48)`,
    columns: [
      { label: '' },
      ...(hasBase ? [{ label: `Base year\n${comparatives.baseYear}`, width: mm(17), align: 'right' as const }] : []),
      { label: `Comparative\n${comparatives.beforeYear}`, width: mm(18), align: 'right' },
      { label: `N\n${year}`, width: mm(19), align: 'right' },
      { label: '% N / N−1', width: mm(17), align: 'right' },
      ...(hasTarget
        ? [
            { label: `Target\n${comparatives.target?.year}`, width: mm(16), align: 'right' as const },
            { label: 'Annual %\nof base', width: mm(15), align: 'right' as const },
          ]
        : []),
      { label: '95 %\ninterval', width: mm(26), align: 'right' },
    ],
    rows: rows.map((row) => scopeRow(row, statement, notes, linkOf)),
  })
  if (comparatives.beforeFrom !== null)
    note(
      paper,
      `Comparative ${comparatives.beforeYear}: the ledger holds its days from ${formatDay(comparatives.beforeFrom)} on.`,
    )
  notes.forEach((text, at) => {
    note(paper, `${letter(at)}. ${text}`)
  })
  if (keptOut.hours > 0) {
    note(
      paper,
      `Shown apart: screening figures kept out of Scope 2, ${mass(keptOut.mg)} t over ${hoursText(keptOut.hours)}. Only a life-cycle average was known for their zone; it would count upstream emissions that belong to Scope 3 category 3.`,
    )
  }
  for (const zone of statement.screening.filter((one) => one.note !== null)) {
    note(
      paper,
      `Accepted life-cycle average: ${zone.zone} ${zone.year}, ${tonnes(zone.location_mg)} t over ${hoursText(zone.hours)}: “${zone.note}” (${zone.accepted_by ?? 'unknown'}, ${zone.accepted_at?.slice(0, 10)}).`,
    )
  }
  if (softwareUse.hours > 0) {
    note(
      paper,
      `Shown apart: use of software on customers’ machines, ${mass(softwareUse.mg)} t over ${hoursText(softwareUse.hours)}; not counted in category 11 by the organisation’s choice.`,
    )
  }
  note(
    paper,
    `Location- and market-based totals are two methods for the same electricity and are never added. “Not covered” is not zero: reasons in table 2. No removals or credits are netted. Biogenic CO₂ outside the scopes: ${tonnes(statement.biogenicMg)} t. Share of Scope 3 from primary data: ${formatPercent(statement.primaryShare) ?? '—'}. Intervals at 95\u202f%. Totals are computed from unrounded values. Each figure links to its explanation.`,
  )
  drawUncovered(paper, statement)
  drawKnown(paper, statement)
}

const letter = (at: number): string => String.fromCharCode(97 + at)
const notesOf = (rows: readonly StatementRow[]): string[] => [
  ...new Set(rows.flatMap(({ cell }) => (cell?.mg != null && cell.reason ? [cell.reason] : []))),
]

const scopeRow = (
  { kind, label, cell, code }: StatementRow,
  statement: Statement,
  notes: string[],
  linkOf: LinkOf,
): PdfRow => {
  const { comparatives } = statement
  const indent = kind === 'category' ? mm(3) : kind === 'subline' ? mm(6.5) : 0
  if (cell === null) return { kind: 'group', cells: [label] }
  const compared = comparatives.rows[code]
  const target = comparatives.target?.rows[code]
  const isCovered = cell.state !== 'not-covered'
  const at = cell.mg !== null && cell.reason ? notes.indexOf(cell.reason) : -1
  const base =
    comparatives.baseYear === null ? [] : [compared?.baseMg == null ? (isCovered ? '—' : '') : tonnes(compared.baseMg)]
  const aim =
    comparatives.target === null
      ? []
      : [
          target ? tonnes(target.mg) : '',
          target ? (changeText(target.annualPercent === null ? null : target.annualPercent / 100) ?? '') : '',
        ]
  const value: Text =
    cell.mg === null
      ? isCovered
        ? 'no data'
        : 'not covered'
      : [
          { text: tonnes(cell.mg), face: 'semibold' },
          ...(at >= 0 ? [{ text: `\u202f${letter(at)}`, color: '#4a5450' }] : []),
        ]
  return {
    kind: cell.mg === null ? 'muted' : 'row',
    bold: kind === 'total' || kind === 'subtotal',
    indent,
    cells: [
      label,
      ...base,
      compared?.beforeMg == null ? (isCovered ? '—' : '') : tonnes(compared.beforeMg),
      value,
      changeText(compared?.change ?? null) ?? '',
      ...aim,
      intervalText(cell) ?? '',
    ],
    links: cell.mg === null ? [] : [null, ...base.map(() => null), null, linkOf(code)],
  }
}

const scopeFigure = (statement: Statement) => {
  const { rows, total } = statement
  if (total.mg === null || total.mg === 0n) return null
  const lines: [string, string, Bar['fill']][] = [
    ['Scope 1', 's1', 'navy'],
    ['Scope 2, location', 's2-lb', 'navy'],
    ['Scope 2, market', 's2-mb', 'outline'],
    ['3.1 Purchases, cloud', 's3-1', 'pale'],
    ['3.2 Hardware', 's3-2', 'pale'],
    ['3.3 Upstream, losses', 's3-3', 'pale'],
    ['3.8 Leased', 's3-8', 'pale'],
    ['3.11 At customers', 's3-11', 'pale'],
  ]
  const cells = lines
    .map(([label, code, fill]) => ({ label, fill, mg: cellOfRow(rows, code).mg }))
    .filter(({ mg }) => mg !== null)
  const most = cells.reduce((max, { mg }) => (mg !== null && mg > max ? mg : max), 1n)
  return {
    number: 'Figure 1',
    title: `${finding(statement)}. tCO₂eq; the outlined bar is the other method for the same electricity`,
    bars: cells.map(
      ({ label, fill, mg }): Bar => ({
        label,
        fill,
        share: mg === null ? 0 : Number(mg) / Number(most),
        value: mass(mg),
      }),
    ),
  }
}

const drawUncovered = (paper: Paper, { rows }: Statement): void => {
  drawTable(paper, {
    number: 'Table 2',
    title: 'What has no figure, and why (ESRS E1 AR 46(i))',
    columns: [{ label: 'Row', width: mm(78) }, { label: 'Reason' }, { label: 'Requirement', width: mm(32) }],
    rows: rows
      .filter(({ cell }) => cell !== null && cell.mg === null)
      .map(({ label, cell, clause }) => ({ cells: [label, cell?.reason ?? '', clause ?? ''] })),
  })
}

/** Hours and grades of the rows with a figure: how well each is known. */
const drawKnown = (paper: Paper, { rows }: Statement): void => {
  const known = rows.filter(({ cell }) => cell !== null && cell.mg !== null)
  if (known.length === 0) return
  drawTable(paper, {
    number: 'Table 3',
    title: 'How well each row is known',
    columns: [
      { label: '' },
      { label: 'Hours\nwith figure', width: mm(20), align: 'right' },
      { label: 'Hours\nin gaps', width: mm(17), align: 'right' },
      { label: '± of figure', width: mm(18), align: 'right' },
      { label: 'Quality, % of mass by grade', width: mm(52) },
    ],
    rows: known.map(({ label, cell, kind }): PdfRow => {
      const hours = (cell?.hoursKnown ?? 0) + (cell?.gapHours ?? 0)
      return {
        bold: kind === 'total' || kind === 'subtotal',
        indent: kind === 'category' ? mm(3) : kind === 'subline' ? mm(6.5) : 0,
        cells: [
          label,
          hours === 0 ? '' : count(cell?.hoursKnown ?? 0),
          hours === 0 ? '' : count(cell?.gapHours ?? 0),
          formatPercent(cell?.u95 ?? null) ?? '—',
          cell ? gradeMixText(cell) : '',
        ],
      }
    }),
  })
  note(
    paper,
    'Grades: A metered and hourly; B measured with declared or estimated parts; C partly estimated, profile or annual average; D national or industry average. Rows without hours are made of activities and purchases.',
  )
}

export const drawEnergy = (paper: Paper, { energy: table, year }: Statement): void => {
  paper.section('4', 'Energy')
  drawLede(
    paper,
    table.rows.length === 0
      ? `No energy is recorded for ${year}.`
      : 'Electricity of the workloads, before and after overhead. Own operations share the perimeter of Scopes 1 and 2; electricity that a provider or customer buys is a memo, as ESRS E1-5 counts own operations only (AR 32(a)).',
    null,
  )
  if (table.rows.length === 0) return
  const row = (
    kind: PdfRow['kind'],
    label: string,
    sums: { itUwh: bigint | null; facilityUwh: bigint | null; mg: bigint | null },
    hours: string,
  ): PdfRow => ({
    kind,
    cells: [label, energy(sums.itUwh), energy(sums.facilityUwh), hours, mass(sums.mg)],
  })
  const block = (own: boolean, title: string): PdfRow[] => {
    const mine = table.rows.filter((one) => one.own === own)
    if (mine.length === 0) return []
    return [
      { kind: 'group', cells: [title] },
      ...mine.map((one) => row('row', DEPLOYMENT_LABEL[one.deployment], one, count(one.hours))),
      { ...row('row', 'Sum', own ? table.own : table.memo, ''), bold: true },
    ]
  }
  drawTable(paper, {
    number: 'Table 6',
    title: `Electricity of ${year} by deployment`,
    columns: [
      { label: '' },
      { label: 'IT energy\nkWh', width: mm(28), align: 'right' },
      { label: 'Facility energy\nkWh', width: mm(28), align: 'right' },
      { label: 'Hours', width: mm(18), align: 'right' },
      { label: 'Location-based\ntCO₂eq', width: mm(26), align: 'right' },
    ],
    rows: [
      ...block(true, 'Own operations (perimeter of Scopes 1 and 2)'),
      ...block(false, 'Purchased or sold services (memo)'),
      row('total', 'All electricity', table.all, ''),
    ],
  })
  note(
    paper,
    'IT energy is empty where a sender reports energy at the facility boundary only. Energy of screening hours is included, their mass is not.',
  )
}

export const drawGroups = (paper: Paper, statement: Statement): void => {
  paper.section('5', 'Teams and models')
  drawLede(
    paper,
    statement.teams.length === 0
      ? `No work is recorded for ${statement.year}.`
      : 'The electricity of the statement by who used it and by what was made, location-based. Each table adds up to it, to the milligram; shares are rounded by largest remainder and sum to 100.0\u202f%. Scope 2 by market, upstream with losses, and amortised hardware (a memo, in no row of table 1) stand beside it.',
    null,
  )
  if (statement.teams.length === 0) return
  drawShares(paper, 'Table 7', `Emissions of ${statement.year} by team`, 'Team', statement.teams)
  drawShares(paper, 'Table 8', `Emissions of ${statement.year} by model`, 'Model', statement.models)
}

const drawShares = (paper: Paper, number: string, title: string, label: string, rows: ShareRow[]): void => {
  const shown = rows.slice(0, MOST_ROWS)
  const rest = rows.slice(MOST_ROWS)
  const sum = (part: ShareRow[], of: (row: ShareRow) => bigint | null) => {
    const known = part.map(of).filter((value): value is bigint => value !== null)
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0n)
  }
  const cells = (name: string, part: ShareRow[], perMille: number): string[] => {
    const mg = sum(part, (row) => row.mg)
    return [
      name,
      energy(sum(part, (row) => row.facilityUwh)),
      mass(mg),
      mg === null ? '—' : shareText(perMille, mg),
      mass(sum(part, (row) => row.marketMg)),
      mass(sum(part, (row) => row.upstreamMg)),
      mass(sum(part, (row) => row.embodiedMg)),
    ]
  }
  const perMille = (part: ShareRow[]) => part.reduce((total, row) => total + row.sharePerMille, 0)
  drawTable(paper, {
    number,
    title,
    columns: [
      { label },
      { label: 'Facility energy\nkWh', width: mm(23), align: 'right' },
      { label: 'Location-based\ntCO₂eq', width: mm(22), align: 'right' },
      { label: 'Share', width: mm(15), align: 'right' },
      { label: 'Scope 2 market\nt', width: mm(21), align: 'right' },
      { label: 'Upstream,\nlosses, t', width: mm(17), align: 'right' },
      { label: 'Embodied,\nmemo, t', width: mm(17), align: 'right' },
    ],
    rows: [
      ...shown.map(
        (row): PdfRow => ({
          kind: row.name === null ? 'muted' : 'row',
          cells: cells(row.name ?? 'Unassigned', [row], row.sharePerMille),
        }),
      ),
      ...(rest.length > 0
        ? [{ kind: 'muted' as const, cells: cells(`${count(rest.length)} more`, rest, perMille(rest)) }]
        : []),
      { kind: 'total', cells: cells('Total', rows, perMille(rows)) },
    ],
  })
}

export const drawSites = (paper: Paper, { sites, year }: Statement): void => {
  paper.section('6', 'Site efficiency')
  drawLede(
    paper,
    sites.length === 0
      ? `No site has a facility meter in ${year}; PUE and CUE are not stated.`
      : 'PUE = Σ facility energy ÷ Σ IT energy, and CUE = Σ (facility energy × hourly intensity) ÷ Σ IT energy, over the hours in which both meters are known; energy-weighted, never a mean of months.',
    null,
  )
  if (sites.length === 0) return
  drawTable(paper, {
    number: 'Table 9',
    title: `PUE and CUE of ${year} from the sites’ own meters (ISO/IEC 30134-2, -8)`,
    columns: [
      { label: 'Site' },
      { label: 'Zone', width: mm(22) },
      { label: 'IT energy\nkWh', width: mm(24), align: 'right' },
      { label: 'Facility energy\nkWh', width: mm(24), align: 'right' },
      { label: 'Hours', width: mm(14), align: 'right' },
      { label: 'PUE', width: mm(14), align: 'right' },
      { label: 'CUE\nkgCO₂e/kWh', width: mm(22), align: 'right' },
    ],
    rows: sites.slice(0, MOST_ROWS).map((site) => ({
      cells: [
        site.fromWorkloads ? `${site.name} (IT side from workloads)` : site.name,
        site.zone ?? '—',
        energy(site.itUwh),
        energy(site.facilityUwh),
        count(site.pairedHours),
        formatRatio(site.pue) ?? '—',
        formatRatio(site.cueKgPerKwh) ?? '—',
      ],
    })),
  })
}

export const drawQuality = (paper: Paper, { quality, keptOut, electricityMg, year }: Statement): void => {
  paper.section('7', 'Data quality')
  const hours = quality.knownHours + quality.gapHours
  const text =
    hours === 0
      ? `No hour of ${year} is recorded.`
      : `${count(quality.knownHours)} of ${hoursText(hours)} have a figure in the statement’s electricity. The energy of ${hoursText(quality.estimatedHours)} was partly estimated or given as a sum over an interval (${tonnes(quality.estimatedMg)} t). Each hour is graded by the weakest of energy, overhead and grid intensity.`
  drawLede(paper, text, hours === 0 || electricityMg === null || electricityMg === 0n ? null : qualityFigure(quality))
  if (hours === 0) return
  const tiers = (title: string, rows: TierShare[], words: readonly string[]): PdfRow[] => [
    { kind: 'group', cells: [title] },
    ...rows.map(
      ({ tier, mg, sharePerMille }): PdfRow => ({
        kind: mg === 0n ? 'muted' : 'row',
        cells: [`${tier}  ${words[tier - 1] ?? ''}`, exactKilogramText(mg), shareText(sharePerMille, mg)],
      }),
    ),
  ]
  drawTable(paper, {
    number: 'Table 10',
    title: 'Mass by tier, 1 best to 5 weakest; shares sum to 100.0 %',
    columns: [
      { label: 'Tier' },
      { label: 'kgCO₂eq', width: mm(34), align: 'right' },
      { label: 'Share', width: mm(20), align: 'right' },
    ],
    rows: [
      ...tiers('Weakest of the three', quality.overall, ['grade A', 'grade B', 'grade C', 'grade C', 'grade D']),
      ...tiers('Energy', quality.energy, ENERGY_TIERS),
      ...tiers('Overhead', quality.overhead, OVERHEAD_TIERS),
      ...tiers('Grid intensity', quality.intensity, INTENSITY_TIERS),
    ],
  })
  if (quality.gaps.length > 0) {
    drawTable(paper, {
      number: 'Table 11',
      title: `Gaps: ${hoursText(quality.gapHours)} without a figure`,
      columns: [
        { label: 'Deployment' },
        { label: 'Reason', width: mm(96) },
        { label: 'Hours', width: mm(20), align: 'right' },
      ],
      rows: quality.gaps.map(({ deployment, reason, hours: inGap }) => ({
        cells: [DEPLOYMENT_LABEL[deployment], gapWords(reason), count(inGap)],
      })),
    })
  }
  if (keptOut.hours > 0) {
    note(
      paper,
      `Screening figures kept out of Scope 2: ${exactMassText(keptOut.mg)} kg over ${hoursText(keptOut.hours)} and ${wholeKilowattHours(keptOut.facilityUwh)} kWh of facility energy.`,
    )
  }
}

const qualityFigure = (quality: Quality) => {
  const most = Math.max(...quality.overall.map(({ sharePerMille }) => sharePerMille), 1)
  return {
    number: 'Figure 2',
    title: 'Share of the mass by the weakest tier of each hour',
    bars: quality.overall.map(
      ({ tier, mg, sharePerMille }): Bar => ({
        label: `Tier ${tier}`,
        share: sharePerMille / most,
        value: shareText(sharePerMille, mg),
        fill: tier <= 2 ? 'navy' : tier <= 4 ? 'pale' : 'outline',
      }),
    ),
  }
}

export const drawMethod = (paper: Paper, { methodVersion, checks }: Statement): void => {
  paper.section('9', 'Basis of preparation')
  drawTable(paper, {
    number: 'Table 14',
    title: 'Method, in a sentence each',
    columns: [{ label: '', width: mm(34) }, { label: 'What was done' }, { label: 'Follows', width: mm(42) }],
    rows: methodNotes(methodVersion).map(({ title, text, clause }) => ({
      cells: [[{ text: title, face: 'semibold' }], text, clause],
    })),
  })
  drawTable(paper, {
    number: 'Table 15',
    title: 'Checks made when this document was written',
    columns: [{ label: 'Check' }, { label: 'Detail', width: mm(60) }, { label: 'Result', width: mm(26) }],
    rows: checks.map(({ words, detail, passed }) => ({ cells: [words, detail, passed ? 'holds' : 'open'] })),
  })
}

/** A share and a ratio need no unit beside the number; the factor's name says of what. */
const unitText = (unit: string | null): string =>
  unit === null || unit === 'ratio' || unit.startsWith('fraction') ? '' : `\u202f${unit}`

export const drawFactors = (paper: Paper, { factors, year }: Statement): void => {
  paper.section('A', 'Factor register')
  drawLede(
    paper,
    factors.length === 0
      ? `No factor was used in ${year}.`
      : 'Every number from outside that the year rests on, by what it was used for, with its hours and the mass it made: a mass of electricity stands under its grid intensity and under its overhead.',
    null,
  )
  let number = 0
  for (const role of FACTOR_ROLES) {
    const used = factors.filter((factor) => factor.role === role)
    if (used.length === 0) continue
    number += 1
    drawTable(paper, {
      number: `Table A.${number}`,
      title: FACTOR_ROLE_WORDS[role] ?? role,
      columns: [
        { label: 'Factor, version, source' },
        { label: 'Value', width: mm(21), align: 'right' },
        { label: 'Basis, gases', width: mm(24) },
        { label: 'Status', width: mm(21) },
        { label: 'Hours', width: mm(12), align: 'right' },
        { label: 'kgCO₂eq', width: mm(28), align: 'right' },
      ],
      rows: used.slice(0, MOST_ROWS).map((factor) => ({
        cells: [
          [
            { text: `${factor.name}${factor.site ? `, ${factor.site}` : ''}\n`, face: 'semibold' },
            { text: `${factor.id}@${factor.version}\n`, face: 'mono' },
            { text: factor.source },
            ...(factor.licence ? [{ text: `. Licence: ${factor.licence}`, color: '#4a5450' }] : []),
          ],
          factor.value === null
            ? 'per hour'
            : `${factor.value.toLocaleString('en-US', { maximumSignificantDigits: 4 })}${unitText(factor.unit)}`,
          [factor.basis ?? '', (factor.gases ?? '').replaceAll('CO2', 'CO₂')].filter(Boolean).join(', ') || '—',
          factor.status
            ? (STATUS_WORDS[factor.status] ?? factor.status)
            : factor.is_library
              ? '—'
              : 'given with the data',
          factor.hours === null ? '' : count(factor.hours),
          exactKilogramText(factor.mg),
        ],
      })),
    })
    if (used.length > MOST_ROWS) note(paper, `${count(used.length - MOST_ROWS)} more factors stand in the ledger CSV.`)
  }
}

export const drawExact = (paper: Paper, statement: Statement, linkOf: LinkOf): void => {
  const { rows, keptOut, softwareUse, energy: table, teams, models, year } = statement
  paper.section('B', 'Exact figures')
  drawLede(
    paper,
    'The same figures as everywhere else in this document, on the page and in the ledger CSV, unrounded: kilograms to the milligram, kilowatt-hours to the microwatt-hour.',
    null,
  )
  const exactMass = (mg: bigint | null) => (mg === null ? '—' : exactKilogramText(mg))
  const exactEnergy = (uwh: bigint | null) => (uwh === null ? '—' : exactKilowattHourText(uwh))
  drawTable(paper, {
    number: 'Table B.1',
    title: `Lines of table 1 with a figure, kgCO₂eq of ${year}`,
    columns: [
      { label: 'Row' },
      { label: 'Code', width: mm(27), mono: true },
      { label: 'kgCO₂eq', width: mm(28), align: 'right' },
      { label: '95 % low', width: mm(27), align: 'right' },
      { label: '95 % high', width: mm(27), align: 'right' },
    ],
    rows: [
      ...rows.flatMap(({ label, code, cell, kind }): PdfRow[] =>
        cell && cell.state !== 'not-covered'
          ? [
              {
                bold: kind === 'total' || kind === 'subtotal',
                cells: [label, code, exactMass(cell.mg), exactMass(cell.lowMg), exactMass(cell.highMg)],
                links: cell.mg === null ? [] : [null, null, linkOf(code)],
              },
            ]
          : [],
      ),
      { kind: 'muted', cells: ['Screening figures kept out of Scope 2', 's2-screening', exactMass(keptOut.mg)] },
      ...(softwareUse.hours > 0
        ? [
            {
              kind: 'muted' as const,
              cells: ['Use on customers’ machines, not counted', 's3-11-apart', exactMass(softwareUse.mg)],
            },
          ]
        : []),
      {
        kind: 'muted',
        cells: ['Amortised hardware, management memo', 'embodied-memo', exactMass(statement.bridge.workloadsMg)],
      },
    ],
  })
  if (table.rows.length > 0) {
    drawTable(paper, {
      number: 'Table B.2',
      title: 'Energy, kWh',
      columns: [
        { label: 'Deployment' },
        { label: 'IT energy, kWh', width: mm(46), align: 'right' },
        { label: 'Facility energy, kWh', width: mm(46), align: 'right' },
      ],
      rows: [
        ...table.rows.map(
          (row): PdfRow => ({
            cells: [DEPLOYMENT_LABEL[row.deployment], exactEnergy(row.itUwh), exactEnergy(row.facilityUwh)],
          }),
        ),
        { kind: 'total', cells: ['All electricity', exactEnergy(table.all.itUwh), exactEnergy(table.all.facilityUwh)] },
      ],
    })
  }
  for (const [number, title, label, groups] of [
    ['Table B.3', 'Teams, kgCO₂eq', 'Team', teams],
    ['Table B.4', 'Models, kgCO₂eq', 'Model', models],
  ] as const) {
    if (groups.length === 0 || groups.length > MOST_ROWS) continue
    drawTable(paper, {
      number,
      title,
      columns: [{ label }, { label: 'kgCO₂eq', width: mm(44), align: 'right' }],
      rows: [
        ...groups.map(
          (row): PdfRow => ({
            kind: row.name === null ? 'muted' : 'row',
            cells: [row.name ?? 'Unassigned', exactMass(row.mg)],
          }),
        ),
        { kind: 'total', cells: ['Total', exactMass(statement.electricityMg)] },
      ],
    })
  }
}
