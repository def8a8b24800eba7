import type { Metadata } from 'next'
import { UnitText } from '@/components/figures/unit-text'
import { addressOf, withoutFilter } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Chip } from '@/components/ui/chip'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { pageAccess } from '@/lib/auth/page'
import { LEDGER_MEASURES, type LedgerMeasure, runIdSchema } from '@/lib/contracts/ledger'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { settingsOf } from '@/lib/registry/settings'
import { ledgerAnswer } from '@/lib/reports/ledger-answer'
import { freshness } from '@/lib/rollups/freshness'
import { effectsOf, ledgerEffects } from '@/lib/rollups/ledger-effects'
import type { LedgerFilter } from '@/lib/rollups/ledger-filter'
import { ledgerLine } from '@/lib/rollups/ledger-line'
import { runFacts } from '@/lib/rollups/run-facts'
import { totalsSpan } from '@/lib/rollups/totals'
import { filterOptions } from '@/lib/rollups/totals-options'
import { DAY, dayOf } from '@/lib/units/time'
import { NoMatch, NoReadings } from '../../runs/_shared/empty'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, inRange, pageView, queryOf, utcToday } from '../../runs/_shared/page-view'
import { counted } from '../../runs/_shared/words'
import { LedgerTable } from './ledger-table'
import { LineDrawer } from './line-drawer'
import { MEASURE_WORDS } from './scope-words'

export const metadata: Metadata = { title: 'Ledger' }

const KEYS = ['team', 'model', 'site', 'stage', 'deployment', 'zone'] as const
const PAGE = 100

/** A line, and what instruments take off its hours. */
const lineAndEffects = async (tx: OrgTx, lineId: string) => {
  const line = await ledgerLine(tx, lineId)
  if (line === null) return { line, effects: [] }
  const from = dayOf(line.entry.day)
  return { line, effects: effectsOf(await ledgerEffects(tx, { from, to: from + DAY }), line.entry) }
}

const metaOf = (method: 'location' | 'market', measure: LedgerMeasure): string =>
  `Exact kg CO2e; Scope 2 ${method === 'market' ? 'market-based, after instruments' : 'location-based'}${measure === 'all' ? '; the embodied memo is in no total' : ''}. Grades: energy, overhead, intensity or factor`

export default async function Ledger({
  params,
  searchParams,
}: {
  params: Promise<{ org: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org } = await params
  const path = `/o/${org}/ledger`
  const { actor, organization } = await pageAccess(org)
  const asked = await searchParams
  const query = queryOf(asked)
  const today = utcToday()
  const lineId = query.get('line')
  const askedRun = query.get('run')
  const runId = runIdSchema.safeParse(askedRun ?? '').data
  const gap = ['1', 'true'].includes(query.get('gap') ?? '')
  const method = query.get('method') === 'mb' || query.get('method') === 'market' ? 'market' : 'location'
  const measure = LEDGER_MEASURES.find((one) => one === query.get('measure')) ?? 'operational'
  const { view, run, answer, span, fresh, line, effects, settings } = await withOrg(actor, async (tx) => {
    const view = pageView(asked, await filterOptions(tx), { today, defaultKey: '30d', keys: KEYS })
    const run = runId ? await runFacts(tx, runId) : null
    const filter: LedgerFilter = {
      ...view.filter,
      from: Date.parse(view.range.from),
      to: Date.parse(view.range.to),
      ...(run && runId ? { run: runId } : {}),
      ...(gap ? { gap } : {}),
    }
    return {
      view,
      run,
      answer: await ledgerAnswer(tx, filter, { limit: PAGE }, { method, measure }),
      span: await totalsSpan(tx, view.filter),
      fresh: await freshness(tx),
      ...(lineId ? await lineAndEffects(tx, lineId) : { line: null, effects: [] }),
      settings: await settingsOf(tx),
    }
  })
  // What the API and the export are asked: live filters only, the window spelled out.
  const api = new URLSearchParams(view.active.filter(({ dead }) => !dead).map(({ key, value }) => [key, value]))
  api.set('from', view.range.from)
  api.set('to', view.range.to)
  if (run && runId) api.set('run', runId)
  if (gap) api.set('gap', '1')
  if (method === 'market') api.set('method', 'market')
  if (measure !== 'operational') api.set('measure', measure)
  const exported = new URLSearchParams(api)
  exported.set('org', org)
  const withQuery = (key: string, value: string | null) => {
    const next = withoutFilter(withoutFilter(query, key), 'line')
    if (value !== null) next.set(key, value)
    return addressOf(path, next)
  }
  const without = (key: string) => addressOf(path, withoutFilter(query, key))
  const withGap = new URLSearchParams(query)
  withGap.set('gap', '1')
  const { total } = answer
  const controls = (
    <>
      <Segmented
        label="Kind of line"
        variant="panel"
        className="max-sm:h-auto max-sm:flex-auto max-sm:flex-wrap max-sm:gap-y-2"
        value={measure}
        options={LEDGER_MEASURES.map((one) => ({
          value: one,
          label: one === 'all' ? 'All' : MEASURE_WORDS[one],
          href: withQuery('measure', one === 'operational' ? null : one),
        }))}
      />
      <Segmented
        label="Scope 2 method"
        value={method}
        options={[
          { value: 'location', label: 'Location', href: withQuery('method', null) },
          { value: 'market', label: 'Market', href: withQuery('method', 'mb') },
        ]}
      />
    </>
  )
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Ledger' }]} />
      <FilterRow
        today={today}
        defaultRange="30d"
        fields={view.fields}
        resultText={counted(total.entries, 'entry', 'entries')}
      >
        {askedRun !== null && (
          <Chip
            field={run?.is_service ? 'Service' : 'Run'}
            value={run ? run.name : 'unknown'}
            dead={!run}
            removeHref={without('run')}
          />
        )}
        {gap ? (
          <Chip field="Hours" operator="with" value="a gap" removeHref={without('gap')} />
        ) : (
          <LinkButton href={addressOf(path, withGap)} size={26} tone="quiet" prefetch={false}>
            Gaps only
          </LinkButton>
        )}
      </FilterRow>
      <Main>
        <PageHeader
          title="Ledger"
          subtitle={
            total.entries > 0
              ? `${counted(total.entries, 'entry', 'entries')} ${inRange(view.range)}; one for each workload and UTC day`
              : undefined
          }
          actions={
            <LinkButton href={`/api/v1/exports/ledger.csv?${exported}`} download>
              Export CSV
            </LinkButton>
          }
        />
        {fresh.telemetry_at === null ? (
          <NoReadings org={org} what="A ledger line appears here as soon as its first readings arrive." />
        ) : total.entries + total.records === 0 ? (
          <NoMatch what={gap ? 'ledger lines with a gap' : 'ledger lines'} path={path} view={view} span={span} />
        ) : (
          <PanelGrid>
            <Panel
              title="Every figure, line by line"
              meta={<UnitText text={metaOf(method, measure)} />}
              tools={<div className="flex flex-wrap items-center gap-3 max-sm:hidden">{controls}</div>}
            >
              {/* Beside the title there is no room for them on a phone. */}
              <div className="mb-2 flex flex-wrap gap-x-3 gap-y-1 sm:hidden">{controls}</div>
              <LedgerTable key={api.toString()} org={org} query={api.toString()} initial={answer} today={today} />
            </Panel>
          </PanelGrid>
        )}
      </Main>
      {lineId !== null && (
        <LineDrawer
          key={lineId}
          detail={line}
          effects={effects}
          settings={settings}
          closeHref={without('line')}
          today={today}
        />
      )}
    </>
  )
}
