import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { formatInstant } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { DataTable } from '../tables/data-table'
import { grouped, readable } from './exact-text'
import { ExplainTo } from './explain-to'

/** What the register or the ledger says of the row itself: document, owner, licence. */
export function ExplainFacts({ facts }: { facts: ExplainAnswer['facts'] }) {
  return (
    <dl className="text-table">
      {facts.map(({ name, value, href }) => (
        <div key={name} className="flex gap-3 border-b border-hairline py-1.5">
          <dt className="w-36 flex-none text-muted">{name}</dt>
          <dd className="min-w-0 break-words">
            {href ? (
              <a
                href={href}
                rel="noreferrer"
                target={href.startsWith('/') ? undefined : '_blank'}
                className="underline"
              >
                {value}
              </a>
            ) : (
              <UnitText text={value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function ExplainRevisions({ answer }: { answer: ExplainAnswer }) {
  const unit = answer.figure.exact_unit
  return (
    <DataTable
      caption="Revisions"
      density={28}
      sortable={false}
      columns={[
        { key: 'revision', label: 'Rev.', align: 'right', plain: 'count' },
        { key: 'at', label: 'Posted, UTC' },
        {
          key: 'exact',
          label: answer.address.startsWith('line/') ? 'Location-based' : 'Value',
          align: 'right',
          plain: 'told-here',
        },
        { key: 'status', label: 'Status' },
        { key: 'method', label: 'Method' },
        { key: 'sha', label: 'Input SHA-256' },
      ]}
      rows={answer.revisions.map((one) => ({
        id: String(one.revision),
        muted: !one.is_current,
        cells: {
          revision: String(one.revision),
          at: formatInstant(one.posted_at).replaceAll(' ', '\u00a0'),
          exact: one.exact === null ? one.note : readable(one.exact, answer.address.startsWith('line/') ? 'mg' : unit),
          status: one.is_current ? one.status : 'superseded',
          method: one.method_version,
          sha:
            one.input_sha256 === null
              ? null
              : { text: `${one.input_sha256.slice(0, 12)}…`, why: one.input_sha256, mono: true },
        },
      }))}
    />
  )
}

/** What each contract or certificate takes off, by month and workload. */
export function ExplainAllocations({ allocations }: { allocations: ExplainAnswer['allocations'] }) {
  return (
    <ul className="text-table">
      {allocations.map((line) => (
        <li
          key={`${line.month} ${line.instrument_address} ${line.workload} ${line.effect_mg}`}
          className="border-b border-hairline py-1.5"
        >
          <div className="flex items-baseline gap-3">
            <span className="min-w-0 truncate">
              <ExplainTo address={line.instrument_address}>{line.instrument}</ExplainTo>
            </span>
            <span className="ml-auto whitespace-nowrap tabular-nums" title={`${grouped(line.effect_mg)} mg`}>
              <UnitText text={readable(line.effect_mg, 'mg')} />
            </span>
          </div>
          <p className="text-meta text-muted">
            {line.month}, {line.workload}: covers {readable(line.covered_uwh, 'µWh')}, replaces{' '}
            <UnitText text={readable(line.replaced_mg, 'mg')} /> by <UnitText text={readable(line.own_mg, 'mg')} />
          </p>
        </li>
      ))}
    </ul>
  )
}
