import { headers } from 'next/headers'
import Link from 'next/link'
import { addressOf, FILTER_LABEL, withoutFilter } from '@/components/shell/filter-query'
import { addDays } from '@/components/shell/range'
import { EmptyNoMatch } from '@/components/states/empty-no-match'
import { EmptyNoSource } from '@/components/states/empty-no-source'
import { LinkButton } from '@/components/ui/link-button'
import { Panel } from '@/components/ui/panel'
import { type PageView, utcToday } from './page-view'
import { shortDay } from './words'

const snippet = (origin: string, day: string): string => `curl -X POST ${origin}/api/v1/readings \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '{"run":"first-run","model":"my-model","team":"my-team","stage":"training",
       "grid_zone":"DE","deployment":"owned","pue":1.2,
       "readings":[{"meter":"gpu0","kind":"power","unit":"W","at":"${day}T10:00:00Z","value":300},
                   {"meter":"gpu0","kind":"power","unit":"W","at":"${day}T10:05:00Z","value":310}]}'`

/** Before the first reading: what to do next, ready to paste. */
export async function NoReadings({ org, what }: { org: string; what: string }) {
  const asked = await headers()
  const host = asked.get('host') ?? 'localhost'
  const proto = asked.get('x-forwarded-proto') ?? (/^(localhost|127\.)/.test(host) ? 'http' : 'https')
  return (
    <Panel title="No reading has arrived yet" meta="Figures appear here within seconds of the first readings">
      <EmptyNoSource
        sentence={what}
        action={
          <LinkButton href={`/o/${org}/keys`} size={26} tone="primary">
            Make an API key
          </LinkButton>
        }
        other={<Link href={`/o/${org}/sources`}>See sources</Link>}
      />
      <p className="mt-3 mb-1 text-meta text-muted">Then send two power readings:</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and a tab stop, not a section heading */}
      <div
        role="region"
        aria-label="Example request"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it (WCAG 2.1.1)
        tabIndex={0}
        className="overflow-x-auto border-y border-hairline bg-sunken px-3 py-2"
      >
        <pre>
          <code>{snippet(`${proto}://${host}`, addDays(utcToday(), -1))}</code>
        </pre>
      </div>
    </Panel>
  )
}

/** Filters or the range leave nothing: both echoed, each with a way out. */
export function NoMatch({
  what,
  path,
  view,
  span,
}: {
  what: string
  path: string
  view: PageView
  span: { first: string | null; last: string | null }
}) {
  const live = view.active.filter(({ dead }) => !dead)
  const around = live.length === 0 && span.first && span.last
  return (
    <Panel title={`No ${what}: ${view.range.label}`}>
      <EmptyNoMatch
        what={what}
        filters={live.map(({ key, value, label }) => ({
          field: FILTER_LABEL[key],
          value: label,
          removeHref: addressOf(path, withoutFilter(view.query, key, value)),
        }))}
        clearHref={live.length > 0 || view.range.key !== view.defaultKey ? path : undefined}
        nearest={
          around ? (
            <>
              Data from {shortDay(span.first as string, view.today)} to {shortDay(span.last as string, view.today)}:{' '}
              <Link href={addressOf(path, new URLSearchParams({ range: (span.last as string).slice(0, 7) }))}>
                show its last month
              </Link>
            </>
          ) : undefined
        }
      />
    </Panel>
  )
}
