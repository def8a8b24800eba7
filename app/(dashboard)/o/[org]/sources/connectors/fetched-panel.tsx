import Link from 'next/link'
import { Panel } from '@/components/ui/panel'

const RULES: [string, string][] = [
  [
    'Hours that were',
    'become the organisation’s own grid data. A correction is a revision, and posts again only the days that rest on it.',
  ],
  ['Forecasts', 'stand apart from what was. Nothing is posted by them.'],
  [
    'Marginal intensity',
    'answers what one more kWh causes. It never stands in for an average and never reaches the ledger.',
  ],
  ['Runs of MLflow', 'are taken when they have ended; of nested runs only the innermost, once.'],
  [
    'Where it may call',
    'public addresses only, judged at each connection and redirect. Private ones need the operator.',
  ],
]

/** What becomes of what is fetched. */
export function FetchedPanel({ org }: { org: string }) {
  return (
    <Panel
      span={4}
      title="What becomes of it"
      meta={
        <>
          Hours by file go to{' '}
          <Link href={`/o/${org}/grid`} className="underline">
            Grid
          </Link>
        </>
      }
    >
      <dl className="border-t border-hairline text-table">
        {RULES.map(([what, rule]) => (
          <div key={what} className="border-b border-hairline py-2">
            <dt className="text-meta text-muted">{what}</dt>
            <dd>{rule}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
