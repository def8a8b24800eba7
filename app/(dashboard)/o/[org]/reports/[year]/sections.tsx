import Link from 'next/link'
import type { ReactNode } from 'react'
import { GapNote } from '@/components/figures/gap-note'
import { KpiBand } from '@/components/figures/kpi-band'
import type { Cell, CellSpec, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { PanelHead } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { DeploymentName } from '@/lib/contracts/common'
import { figureAddress, siteAddress, statementAddress } from '@/lib/contracts/explain'
import { sumKnown } from '@/lib/reports/ledger-lines'
import { methodNotes } from '@/lib/reports/method-notes'
import { hoursText } from '@/lib/reports/narrative'
import { countedDeployments, SCOPE_2 } from '@/lib/reports/scope-table'
import { shareText } from '@/lib/reports/shares'
import type { EnergyRow, ShareRow, Statement, Sums, TierShare } from '@/lib/reports/statement-model'
import { exactKilogramText, exactKilowattHourText, tonnes, wholeKilowattHours } from '@/lib/reports/tonnes'
import {
  DEPLOYMENT_LABEL,
  ENERGY_TIERS,
  FACTOR_ROLE_WORDS,
  gapWords,
  INTENSITY_TIERS,
  OVERHEAD_TIERS,
  STATUS_WORDS,
} from '@/lib/reports/words'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import { FACTOR_ROLES, type FactorUse } from '@/lib/rollups/factors-used'
import { formatCount, formatRatio } from '@/lib/units/format'
import { percentFigure, ratioOf } from '../../runs/_shared/amounts'
import { counted } from '../../runs/_shared/words'
import { ledgerHref } from '../_shared/addresses'

/** More rows than a reader scrolls through: the rest stands in the ledger CSV. */
const MOST_ROWS = 300

const yearWindow = (year: number) => ({ from: `${year}-01-01`, to: `${year + 1}-01-01` })

interface SectionProps {
  org: string
  made: Statement
}

export function Section({
  id,
  title,
  meta,
  children,
}: {
  id: string
  title: ReactNode
  meta?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="relative min-w-0 scroll-mt-16 border-t border-rule pt-2"
    >
      <PanelHead id={`${id}-title`} title={title} meta={meta} />
      {children}
    </section>
  )
}

export const massCell = (mg: bigint | null, href?: string, why = 'No hour has a figure', explain?: string): Cell =>
  mg === null
    ? { text: null, why }
    : {
        text: tonnes(mg),
        sort: Number(mg),
        why: `${exactKilogramText(mg)} kg CO₂eq`,
        href,
        explain,
        exact: explain ? mg : undefined,
      }
const energyCell = (uwh: bigint | null, explain?: string): Cell =>
  uwh === null
    ? { text: null, why: 'Not known' }
    : {
        text: wholeKilowattHours(uwh),
        sort: Number(uwh),
        why: `${exactKilowattHourText(uwh)} kWh`,
        explain,
        exact: explain ? uwh : undefined,
      }
const countCell = (count: number): Cell => ({ text: formatCount(count), sort: count })

function Rest({ rows, what }: { rows: number; what: string }) {
  return rows > MOST_ROWS ? (
    <p className="mt-2 text-meta text-muted">
      {formatCount(rows - MOST_ROWS)} more {what} stand in the ledger CSV.
    </p>
  ) : null
}

export function EnergySection({ org, made }: SectionProps) {
  const { energy, year } = made
  const window = yearWindow(year)
  const line = (row: EnergyRow): Row => ({
    id: row.deployment,
    cells: {
      name: DEPLOYMENT_LABEL[row.deployment],
      part: row.own ? 'Own operations' : 'Memo',
      it: energyCell(row.itUwh, figureAddress('energy', window, { deployment: row.deployment })),
      facility: energyCell(row.facilityUwh, figureAddress('facility', window, { deployment: row.deployment })),
      hours: countCell(row.hours),
      mass: {
        ...(massCell(row.mg, ledgerHref(org, year, { deployment: row.deployment })) as CellSpec),
        // A figure of the ledger holds what is kept out of Scope 2 too.
        ...(made.keptOut.hours === 0
          ? { explain: figureAddress('location', window, { deployment: row.deployment }), exact: row.mg }
          : { plain: 'part' }),
      },
    },
  })
  const sum = (id: string, name: string, sums: Sums, deployment: DeploymentName[]): Row => ({
    id,
    cells: {
      name,
      it: energyCell(sums.itUwh, figureAddress('energy', window, { deployment })),
      facility: energyCell(sums.facilityUwh, figureAddress('facility', window, { deployment })),
      mass:
        made.keptOut.hours === 0
          ? massCell(sums.mg, undefined, undefined, figureAddress('location', window, { deployment }))
          : { ...(massCell(sums.mg) as CellSpec), plain: 'part' },
    },
  })
  const block = (own: boolean, label: string, sums: Sums): Row[] => {
    const mine = energy.rows.filter((row) => row.own === own)
    if (mine.length === 0) return []
    const total = sum(
      own ? 'own' : 'memo',
      label,
      sums,
      mine.map(({ deployment }) => deployment),
    )
    return [
      ...mine.map(line),
      {
        ...total,
        cells: { ...total.cells, part: '', hours: countCell(mine.reduce((all, row) => all + row.hours, 0)) },
        muted: true,
      },
    ]
  }
  const all = sum(
    'all',
    'All electricity',
    energy.all,
    energy.rows.map(({ deployment }) => deployment),
  )
  return (
    <Section
      id="energy"
      title={
        energy.all.facilityUwh === null
          ? 'Energy: none is known at the facility boundary'
          : `Energy: ${wholeKilowattHours(energy.all.facilityUwh)}\u202fkWh at the facility boundary`
      }
      meta="Own operations share the perimeter of Scopes 1 and 2 (E1-5); electricity that a provider or customer buys is a memo. Screening hours are in the energy, not in the mass"
    >
      <DataTable
        caption={`Electricity of ${year} by deployment`}
        sortable={false}
        columns={[
          { key: 'name', label: 'Deployment' },
          { key: 'part', label: 'Perimeter' },
          { key: 'it', label: 'IT energy', unit: 'kWh', align: 'right' },
          { key: 'facility', label: 'Facility energy', unit: 'kWh', align: 'right' },
          { key: 'hours', label: 'Hours', align: 'right', plain: 'count' },
          { key: 'mass', label: 'Location-based', unit: 't CO2eq', align: 'right' },
        ]}
        rows={[...block(true, 'Sum of own operations', energy.own), ...block(false, 'Sum of the memo', energy.memo)]}
        total={{
          ...all,
          cells: { ...all.cells, part: '', hours: countCell(energy.rows.reduce((sum, row) => sum + row.hours, 0)) },
        }}
      />
    </Section>
  )
}

const tierRows = (kind: string, tiers: readonly TierShare[], words: readonly string[]): Row[] =>
  tiers
    .filter(({ mg }) => mg > 0n)
    .map(({ tier, mg, sharePerMille }) => ({
      id: `${kind}${tier}`,
      cells: {
        kind,
        tier: { text: String(tier), sort: tier },
        words: words[tier - 1] ?? '',
        mass: { text: tonnes(mg), sort: Number(mg), why: `${exactKilogramText(mg)} kg CO₂eq` },
        share: { text: shareText(sharePerMille, mg), sort: sharePerMille },
      },
    }))

const GRADES = ['grade A', 'grade B', 'grade C', 'grade C', 'grade D']

export function QualitySection({ org, made }: SectionProps) {
  const { quality, year, electricityMg, keptOut } = made
  const hours = quality.knownHours + quality.gapHours
  const best = quality.overall.slice(0, 2).reduce((sum, { mg }) => sum + mg, 0n)
  const gapHref = ledgerHref(org, year, { gap: '1' })
  return (
    <Section
      id="quality"
      title={
        quality.gapHours === 0
          ? 'Data quality: every hour has a figure'
          : `Data quality: ${hoursText(quality.gapHours)} ${quality.gapHours === 1 ? 'has' : 'have'} no figure`
      }
      meta="Each hour is graded by the weakest of energy, overhead and grid intensity; tier 1 best, 5 weakest. Shares sum to 100.0 %"
    >
      <KpiBand
        className="border-t-0"
        items={[
          {
            label: 'Coverage',
            ...percentFigure(hours === 0 ? null : quality.knownHours / hours),
            ...(hours === 0 ? {} : { explain: statementAddress(year, 'coverage') }),
            why: 'No hour is recorded',
            note:
              quality.gapHours > 0 ? (
                <Link href={gapHref}>{`${formatCount(quality.knownHours)} of ${hoursText(hours)}`}</Link>
              ) : (
                `${formatCount(quality.knownHours)} of ${hoursText(hours)}`
              ),
          },
          {
            label: 'Tier 1 or 2',
            ...percentFigure(ratioOf(best, electricityMg)),
            ...(electricityMg === null || electricityMg === 0n ? {} : { explain: statementAddress(year, 'tier-1-2') }),
            why: 'No electricity has a figure',
            note: 'of the electricity, location-based',
          },
          {
            label: 'Partly estimated energy',
            value: tonnes(quality.estimatedMg),
            explain: statementAddress(year, 'estimated'),
            exact: quality.estimatedMg,
            unit: 't CO2eq',
            note: hoursText(quality.estimatedHours),
          },
          {
            label: 'Kept out of Scope 2',
            value: keptOut.mg === null ? null : tonnes(keptOut.mg),
            plain: 'part',
            unit: keptOut.mg === null ? undefined : 't CO2eq',
            why: 'No screening figure',
            note: keptOut.hours === 0 ? 'no screening figure' : `${hoursText(keptOut.hours)} of screening figures`,
          },
        ]}
      />
      <DataTable
        caption={`Mass of ${year} by tier`}
        density={28}
        sortable={false}
        columns={[
          { key: 'kind', label: 'Graded' },
          { key: 'tier', label: 'Tier', align: 'right', plain: 'count' },
          { key: 'words', label: 'Meaning' },
          { key: 'mass', label: 'Mass', unit: 't CO2eq', align: 'right', plain: 'part' },
          { key: 'share', label: 'Share', align: 'right', plain: 'beside' },
        ]}
        rows={[
          ...tierRows('Weakest of the three', quality.overall, GRADES),
          ...tierRows('Energy', quality.energy, ENERGY_TIERS),
          ...tierRows('Overhead', quality.overhead, OVERHEAD_TIERS),
          ...tierRows('Grid intensity', quality.intensity, INTENSITY_TIERS),
        ]}
        empty={<span className="text-muted">No hour of the year has a figure to grade.</span>}
      />
      {quality.gaps.length > 0 && (
        <>
          <h3 className="mt-5 mb-1 font-semibold">Gaps by reason</h3>
          <DataTable
            caption={`Gaps of ${year}`}
            density={28}
            columns={[
              { key: 'deployment', label: 'Deployment' },
              { key: 'reason', label: 'Reason' },
              { key: 'hours', label: 'Hours', align: 'right', plain: 'count' },
            ]}
            rows={quality.gaps.map(({ deployment, reason, hours: count }) => ({
              id: `${deployment} ${reason}`,
              cells: {
                deployment: DEPLOYMENT_LABEL[deployment],
                reason: gapWords(reason),
                hours: {
                  text: formatCount(count),
                  sort: count,
                  href: ledgerHref(org, year, { deployment, gap: '1' }),
                },
              },
            }))}
          />
          <GapNote>A gap is never a zero: its emissions are unknown and in no total.</GapNote>
        </>
      )}
    </Section>
  )
}

export function SitesSection({ org, made }: SectionProps) {
  const { sites, year } = made
  return (
    <Section
      id="sites"
      title={
        sites.length === 0 ? 'Sites: none has a facility meter' : `Sites: ${counted(sites.length, 'site')} with a PUE`
      }
      meta="ISO/IEC 30134-2 and -8. Over the hours in which both meters are known, energy-weighted; never a mean of months"
    >
      {sites.length === 0 ? (
        <p className="py-2 text-muted">
          PUE and CUE are not stated for {year}: they need a facility meter and an IT meter.
        </p>
      ) : (
        <DataTable
          caption={`PUE and CUE of ${year}`}
          columns={[
            { key: 'site', label: 'Site' },
            { key: 'zone', label: 'Zone' },
            { key: 'it', label: 'IT energy', unit: 'kWh', align: 'right' },
            { key: 'facility', label: 'Facility energy', unit: 'kWh', align: 'right' },
            { key: 'hours', label: 'Hours with both', align: 'right', plain: 'count' },
            { key: 'pue', label: 'PUE', align: 'right' },
            { key: 'cue', label: 'CUE', unit: 'kg CO2e/kWh', align: 'right' },
            { key: 'state', label: 'Basis' },
          ]}
          rows={sites.slice(0, MOST_ROWS).map((site) => ({
            id: site.slug,
            cells: {
              site: { text: site.name, href: `/o/${org}/sites/${encodeURIComponent(site.slug)}` },
              zone: site.zone,
              it: { ...(energyCell(site.itUwh) as CellSpec), plain: 'beside' },
              facility: { ...(energyCell(site.facilityUwh) as CellSpec), plain: 'beside' },
              hours: countCell(site.pairedHours),
              pue: {
                text: formatRatio(site.pue),
                sort: site.pue,
                ...(site.pue === null
                  ? {}
                  : { explain: siteAddress(site.slug, 'pue', yearWindow(year)), exact: String(site.pue) }),
                why: site.pue === null ? 'No hour has both' : undefined,
              },
              cue: {
                text: formatRatio(site.cueKgPerKwh),
                sort: site.cueKgPerKwh,
                ...(site.cueKgPerKwh === null
                  ? {}
                  : { explain: siteAddress(site.slug, 'cue', yearWindow(year)), exact: String(site.cueKgPerKwh) }),
                why: site.cueKgPerKwh === null ? 'No hour has both meters and an intensity' : undefined,
              },
              state: `${site.fromWorkloads ? 'IT side from workloads' : 'Own meters'}${site.provisional ? ', provisional' : ''}`,
            },
          }))}
        />
      )}
    </Section>
  )
}

function Shares({
  org,
  made,
  rows,
  by,
  label,
}: SectionProps & { rows: readonly ShareRow[]; by: 'team' | 'model'; label: string }) {
  const { year, electricityMg } = made
  const counted = countedDeployments(made)
  const explained = (
    measure: 'facility' | 'location' | 'market' | 'before' | 'embodied',
    name?: string | null,
  ): string =>
    figureAddress(measure, yearWindow(year), {
      ...(name === undefined ? {} : { [by]: name ?? UNASSIGNED }),
      deployment: measure === 'market' ? SCOPE_2 : counted,
    })
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-semibold">By {by}</h3>
      <DataTable
        caption={`Emissions of ${year} by ${by}`}
        columns={[
          { key: 'name', label },
          { key: 'facility', label: 'Facility energy', unit: 'kWh', align: 'right' },
          { key: 'mass', label: 'Location-based', unit: 't CO2eq', align: 'right' },
          { key: 'share', label: 'Share', align: 'right', plain: 'beside' },
          { key: 'market', label: 'Scope 2 market', unit: 't', align: 'right' },
          { key: 'upstream', label: 'Upstream, losses', unit: 't', align: 'right' },
          { key: 'embodied', label: 'Embodied, memo', unit: 't', align: 'right' },
        ]}
        rows={rows.slice(0, MOST_ROWS).map((row) => ({
          id: row.name ?? UNASSIGNED,
          muted: row.name === null,
          cells: {
            name:
              row.name === null
                ? 'Unassigned'
                : { text: row.name, href: `/o/${org}/${by}s/${encodeURIComponent(row.name)}` },
            facility: energyCell(row.facilityUwh, explained('facility', row.name)),
            mass: {
              ...(massCell(
                row.mg,
                ledgerHref(org, year, { [by]: row.name ?? UNASSIGNED }),
                row.keptOutMg > 0n ? 'Screening figures only, kept out of Scope 2' : undefined,
              ) as CellSpec),
              ...(row.keptOutMg === 0n
                ? { explain: explained('location', row.name), exact: row.mg }
                : { plain: 'part' }),
            },
            market: massCell(
              row.marketMg,
              undefined,
              'No Scope 2 electricity with a market-based figure',
              explained('market', row.name),
            ),
            upstream: massCell(
              row.upstreamMg,
              undefined,
              'No upstream or loss factor is known',
              explained('before', row.name),
            ),
            embodied: massCell(
              row.embodiedMg,
              undefined,
              'No hardware with an embodied value is named',
              explained('embodied', row.name),
            ),
            share: row.mg === null ? null : { text: shareText(row.sharePerMille, row.mg), sort: row.sharePerMille },
          },
        }))}
        total={{
          id: 'total',
          cells: {
            name: 'Total',
            facility: energyCell(made.energy.counted.facilityUwh, explained('facility')),
            mass:
              made.keptOut.hours === 0
                ? massCell(electricityMg, undefined, undefined, explained('location'))
                : { ...(massCell(electricityMg) as CellSpec), plain: 'part' },
            share: electricityMg === null || electricityMg === 0n ? null : '100.0\u202f%',
            market: massCell(sumKnown(rows.map((row) => row.marketMg)), undefined, undefined, explained('market')),
            upstream: massCell(sumKnown(rows.map((row) => row.upstreamMg)), undefined, undefined, explained('before')),
            embodied: massCell(
              sumKnown(rows.map((row) => row.embodiedMg)),
              undefined,
              undefined,
              explained('embodied'),
            ),
          },
        }}
        empty={<span className="text-muted">No hour of the year.</span>}
      />
      <Rest rows={rows.length} what={`${by}s`} />
    </div>
  )
}

export function GroupsSection({ org, made }: SectionProps) {
  const top = made.teams.find(({ name, mg }) => name !== null && mg !== null)
  return (
    <Section
      id="teams"
      title={
        top
          ? `Teams and models: ${top.name} makes ${shareText(top.sharePerMille, top.mg ?? 0n)} of the electricity`
          : 'Teams and models'
      }
      meta="Electricity of the statement: each table adds up to it, to the milligram; without screening figures that are kept out of Scope 2. Market-based after instruments; embodied is amortised and in no row of the statement"
    >
      <div className="grid grid-cols-1 items-start gap-y-6">
        <Shares org={org} made={made} rows={made.teams} by="team" label="Team" />
        <Shares org={org} made={made} rows={made.models} by="model" label="Model" />
      </div>
    </Section>
  )
}

const valueText = ({ value, unit }: FactorUse): string =>
  value === null
    ? 'per hour'
    : `${value.toLocaleString('en-US', { maximumSignificantDigits: 4 })}${unit && unit !== 'ratio' ? `\u202f${unit}` : ''}`

const statusOf = ({ status, is_library }: FactorUse): Cell => {
  if (status === null) return is_library ? null : 'given with the data'
  const words = STATUS_WORDS[status] ?? status
  if (status === 'recalled') return { text: words, node: <Status tone="warn">{words}</Status> }
  return status.startsWith('verified') ? { text: words, node: <Status tone="verified">{words}</Status> } : words
}

const sourceOf = ({ source, source_url, licence }: FactorUse): Cell => ({
  text: source,
  node: (
    <span className="block py-1.5 text-meta">
      {source_url && /^https?:\/\//.test(source_url) ? (
        <a href={source_url} rel="noreferrer">
          {source}
        </a>
      ) : (
        source
      )}
      <span className="block text-muted">{licence ? `Licence: ${licence}` : 'Licence: —'}</span>
    </span>
  ),
})

export function FactorsSection({ made }: SectionProps) {
  const { factors, year } = made
  const recalled = factors.filter(({ status }) => status === 'recalled').length
  return (
    <Section
      id="factors"
      title={
        factors.length === 0
          ? 'Factor register: no factor was used'
          : `Factor register: ${counted(factors.length, 'factor')}, ${recalled === 0 ? 'none unverified' : `${formatCount(recalled)} unverified`}`
      }
      meta="Every number from outside that the year rests on, by what it was used for: a mass of electricity stands under its grid intensity and under its overhead; recalled = not checked against its source"
    >
      {FACTOR_ROLES.map((role) => {
        const title = FACTOR_ROLE_WORDS[role] ?? role
        const used = factors.filter((factor) => factor.role === role)
        return used.length === 0 ? null : (
          <div key={role} className="mt-4 first-of-type:mt-0">
            <h3 className="mb-1 font-semibold">{title}</h3>
            <DataTable
              caption={`${title} used in ${year}`}
              columns={[
                { key: 'factor', label: 'Factor, id@version', width: 'wide' },
                { key: 'value', label: 'Value', align: 'right', plain: 'published' },
                { key: 'basis', label: 'Basis, gases' },
                { key: 'source', label: 'Source, licence', width: 'wide' },
                { key: 'status', label: 'Status' },
                { key: 'hours', label: 'Hours', align: 'right', plain: 'count' },
                { key: 'mass', label: 'Mass', unit: 't CO2eq', align: 'right', plain: 'part' },
              ]}
              rows={used.slice(0, MOST_ROWS).map((factor, at) => ({
                id: `${role}${at}`,
                cells: {
                  factor: {
                    text: factor.name,
                    node: (
                      <span className="block py-1.5">
                        {factor.name}
                        {factor.site ? `, ${factor.site}` : ''}
                        <code className="block break-all text-muted">
                          {factor.id}@{factor.version}
                        </code>
                      </span>
                    ),
                  },
                  value: { text: valueText(factor), sort: factor.value },
                  basis: [factor.basis, factor.gases].filter(Boolean).join(', ') || null,
                  source: sourceOf(factor),
                  status: statusOf(factor),
                  hours: factor.hours === null ? { nothing: 'not-applicable' } : countCell(factor.hours),
                  mass: massCell(factor.mg),
                },
              }))}
            />
            <Rest rows={used.length} what="factors" />
          </div>
        )
      })}
    </Section>
  )
}

export function MethodSection({ made }: SectionProps) {
  return (
    <Section id="method" title="Method notes: basis of preparation" meta={`Formulas ${made.methodVersion}`}>
      <dl className="grid grid-cols-1 gap-x-8 @4xl:grid-cols-2">
        {methodNotes(made.methodVersion).map(({ title, text, clause }) => (
          <div key={title} className="border-b border-hairline py-2.5">
            <dt className="font-medium">{title}</dt>
            <dd className="mt-0.5 text-table text-ink-2">
              {text} <span className="text-meta text-muted">{clause}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
