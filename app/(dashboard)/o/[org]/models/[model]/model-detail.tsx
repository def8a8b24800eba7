import { notFound } from 'next/navigation'
import { StackedMonths } from '@/components/charts/stacked-months'
import { UnitText } from '@/components/figures/unit-text'
import { CodeBlock } from '@/components/forms/code-block'
import { ModelForm } from '@/components/forms/model-form'
import { addressOf } from '@/components/shell/filter-query'
import { FilterRow } from '@/components/shell/filter-row'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { addDays } from '@/components/shell/range'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Forbidden } from '@/components/states/forbidden'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { carriedMg, makingMg } from '@/lib/rollups/model-carried'
import { inferenceDays, type ModelCrossover, modelCrossover } from '@/lib/rollups/model-crossover'
import { type ModelLife, modelLife } from '@/lib/rollups/model-life'
import { modelServed } from '@/lib/rollups/model-served'
import { modelSpread } from '@/lib/rollups/model-spread'
import { lostStages, modelStages } from '@/lib/rollups/model-stages'
import { perUse } from '@/lib/rollups/model-use'
import { models } from '@/lib/rollups/models'
import { runWork } from '@/lib/rollups/run-work'
import { runCount, runs } from '@/lib/rollups/runs'
import { services } from '@/lib/rollups/services'
import { totalsSpan } from '@/lib/rollups/totals'
import { formatDay, formatMass, formatPercent } from '@/lib/units/format'
import { ratioOf } from '../../runs/_shared/amounts'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { RunsTable } from '../../runs/_shared/runs-table'
import { counted, shortDay } from '../../runs/_shared/words'
import { inOrder, unitWords } from '../../services/_shared/units'
import { cumulativeMonths, largeNumber } from '../_shared/life-words'
import { peaksOf } from '../_shared/peaks'
import { Family } from './family'
import { LifeTable } from './life-table'
import { MakingTable, makingOf } from './making-table'
import { ModelBand } from './model-band'
import { modelCard } from './model-card'
import { UseTable } from './use-table'

const NEWEST_RUNS = 25

const crossoverTitle = (crossover: ModelCrossover | null, life: ModelLife): string => {
  if (crossover === null)
    return life.inferenceMg === null ? 'No inference of it is known yet' : 'Its making is not known'
  if (crossover.day) return `Inference overtook its making on ${formatDay(crossover.day)}`
  return crossover.expected
    ? `Inference will overtake its making about ${formatDay(crossover.expected)}`
    : 'Inference has not overtaken its making'
}

/** A model's whole life: what it is made of, what one use of it emits, where it comes from. */
export async function ModelDetail({ org, name, asked }: { org: string; name: string; asked: AskedParams }) {
  const path = `/o/${org}/models/${encodeURIComponent(name)}`
  const { actor, organization } = await pageAccess(org)
  const today = utcToday()
  const query = queryOf(asked)
  const peakOf = await peaksOf(actor.orgId)
  const page = await withOrg(actor, async (tx) => {
    const all = await models(tx)
    const model = all.find((one) => one.name === name)
    if (!model) return null
    const span = await totalsSpan(tx, { model: [name] })
    const window = { from: span.first ?? today, to: addDays(span.last ?? today, 1) }
    return {
      all,
      model,
      span,
      window,
      stages: await modelStages(tx),
      lost: await lostStages(tx),
      interval: await modelSpread(tx, model.model_id),
      served: await modelServed(tx, model.model_id),
      days: await inferenceDays(tx, model.model_id),
      work: await runWork(tx, { model: model.model_id }, peakOf),
      serving: (await services(tx)).filter((service) => service.models.includes(name)),
      listed: await runs(tx, { ...window, model: [name] }, NEWEST_RUNS),
      count: await runCount(tx, { ...window, model: [name] }),
      fresh: await freshness(tx),
    }
  })
  if (!page) notFound()
  const { all, model, window, fresh } = page
  const lives = new Map(
    all.map((one) => [
      one.model_id,
      modelLife(
        page.stages.filter((row) => row.model_id === one.model_id),
        page.lost.filter((row) => row.model_id === one.model_id),
      ),
    ]),
  )
  const byId = new Map(all.map((one) => [one.model_id, one]))
  const life = lives.get(model.model_id) as ModelLife
  const parent = model.parent_model_id === null ? null : (byId.get(model.parent_model_id) ?? null)
  const relative = (one: typeof model) => ({
    model: one,
    share: one.inherited_share,
    carriedMg: carriedMg(one, byId, lives),
  })
  const children = all.filter((one) => one.parent_model_id === model.model_id)
  const crossover = modelCrossover(life.developmentMg, page.days)
  const months = cumulativeMonths(life)
  const ratio = query.get('ratio') === 'marginal' ? 'marginal' : 'amortised'
  const typed = Number(query.get('units') ?? Number.NaN)
  const forecast = Number.isFinite(typed) && typed > 0 ? typed : null
  const units = inOrder(page.served.map((one) => one.unit))
  const unit = units.includes(query.get('unit') ?? '') ? (query.get('unit') as string) : units[0]
  const making = makingMg(life)
  // A forecast is of one unit: the others stay with what was served.
  const uses = units.flatMap((one) => {
    const served = page.served.find((row) => row.unit === one)
    const use = served && perUse(served, making, one === unit ? forecast : null)
    return use ? [use] : []
  })
  const use = uses.find((one) => one.unit === unit) ?? null
  const total = formatMass(life.totalMg)
  const carried = carriedMg(model, byId, lives)
  const withCarried = formatMass(life.totalMg === null || !carried ? null : Number(life.totalMg) + carried)
  const hrefOf = (changed: Record<string, string>) => {
    const next = new URLSearchParams(query)
    for (const [key, value] of Object.entries(changed)) next.set(key, value)
    return addressOf(path, next)
  }
  const specs: Spec[] = [
    ...(model.parameters === null ? [] : [{ label: 'Parameters', value: largeNumber(model.parameters) ?? '' }]),
    ...(model.active_parameters === null || model.active_parameters === model.parameters
      ? []
      : [{ label: 'Active', value: largeNumber(model.active_parameters) ?? '' }]),
    ...(parent
      ? [{ label: 'Made from', value: parent.name, href: `/o/${org}/models/${encodeURIComponent(parent.name)}` }]
      : []),
    ...page.serving.map((service) => ({
      label: 'Served by',
      value: service.name,
      href: `/o/${org}/services/${service.service_id}`,
    })),
  ]
  const made = makingOf(page.work)
  const share = formatPercent(ratioOf(life.developmentMg, life.locationMg))
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Models', href: `/o/${org}/models` }, { label: name }]}
      />
      {units.length > 0 && (
        <FilterRow today={today} withRange={false} resultText={counted(page.count.runs, 'run')}>
          <Segmented
            label="Functional unit"
            value={unit ?? ''}
            options={units.slice(0, 4).map((one) => ({
              value: one,
              label: unitWords(one).replace(/^./, (c) => c.toUpperCase()),
              href: hrefOf({ unit: one }),
            }))}
          />
          <Segmented
            label="Emissions per use"
            value={ratio}
            options={[
              { value: 'amortised', label: 'Amortised', href: hrefOf({ ratio: 'amortised' }) },
              { value: 'marginal', label: 'Marginal', href: hrefOf({ ratio: 'marginal' }) },
            ]}
          />
        </FilterRow>
      )}
      <Main>
        <PageHeader
          title={<span className="break-words">{name}</span>}
          subtitle={
            page.span.first && page.span.last
              ? `Whole life, ${shortDay(page.span.first, today)} to ${shortDay(page.span.last, today)}${share && life.inferenceMg !== null ? `; making is ${share} of its operation` : ''}`
              : 'No reading names it yet'
          }
          actions={
            <LinkButton href={addressOf(`/o/${org}/ledger`, new URLSearchParams({ model: name, ...window }))}>
              Ledger lines
            </LinkButton>
          }
        >
          {specs.length > 0 && <SpecLine specs={specs} />}
        </PageHeader>
        {page.span.first === null ? (
          <Panel title="No reading names this model yet">
            <p className="py-3 text-muted">Its life begins here with the first readings that say model.</p>
          </Panel>
        ) : (
          <>
            <ModelBand
              model={name}
              life={life}
              interval={page.interval}
              window={window}
              developmentMg={life.developmentMg}
              use={use}
              ratio={ratio}
            />
            <PanelGrid>
              <StackedMonths
                span={7}
                cumulative
                title={crossoverTitle(crossover, life)}
                meta={
                  <UnitText
                    text={`CO2e to date by month: operation with upstream, by part, and amortised hardware${crossover?.incomplete ? '. Some days of inference have no figure: the true day may be earlier' : ''}`}
                  />
                }
                csvName={`${org}-${name}-life`}
                months={months}
                notes={
                  crossover?.day
                    ? [{ month: crossover.day.slice(0, 7), label: `crossover, ${shortDay(crossover.day, today)}` }]
                    : []
                }
              />
              <Panel
                span={5}
                title={total ? `${total.value}\u202f${total.unit} by part` : 'No part has a figure'}
                meta="Location-based. Upstream = fuels and grid losses (3b, 3c); embodied is amortised. Exact sums"
              >
                <LifeTable life={life} model={name} window={window} />
                {withCarried && (
                  <p className="mt-2 text-meta text-muted">
                    <UnitText
                      text={`With what it carries of ${parent?.name ?? 'its parent'}: ${withCarried.value}\u202f${withCarried.unit} CO2e. Inherited shares are not summed over models.`}
                    />
                  </p>
                )}
              </Panel>
              <Panel
                span={7}
                title={
                  use
                    ? `Making is ${formatPercent(use.development / use.together)} of what one use emits`
                    : 'What one use emits is not known'
                }
                meta="Inference of the days whose units are known; making (failed runs and hardware with it) spread over units as an additional ratio"
              >
                {uses.length > 0 ? (
                  <>
                    <UseTable model={name} rows={uses} />
                    <form className="mt-3 flex flex-wrap items-end gap-3" action={path}>
                      {unit && <input type="hidden" name="unit" value={unit} />}
                      <input type="hidden" name="ratio" value={ratio} />
                      <Field
                        label={`Expected in its life, ${unitWords(unit ?? '')}`}
                        name="units"
                        inputMode="decimal"
                        autoComplete="off"
                        placeholder="to date"
                        defaultValue={forecast ?? ''}
                        className="w-60"
                      />
                      <Button type="submit">Spread over these</Button>
                      {forecast !== null && (
                        <LinkButton
                          href={addressOf(path, new URLSearchParams({ ratio, ...(unit ? { unit } : {}) }))}
                          tone="quiet"
                        >
                          Back to date
                        </LinkButton>
                      )}
                    </form>
                  </>
                ) : (
                  <p className="py-3 text-muted">
                    {page.serving.length === 0
                      ? 'No service serves it.'
                      : `${page.serving.map((service) => service.name).join(', ')} ${page.serving.length === 1 ? 'states' : 'state'} no units: send them to /api/v1/functional-units, as the Services page shows.`}
                  </p>
                )}
              </Panel>
              <Panel
                span={5}
                title="What it took to make it"
                meta="SCI-for-AI provider boundary: every run but inference, with its hardware"
              >
                <MakingTable making={made} model={model} developmentMg={making} />
              </Panel>
              <Panel
                span={7}
                title={
                  [
                    parent ? `Made from ${parent.name}` : null,
                    children.length > 0 ? `${counted(children.length, 'model')} made from it` : null,
                  ]
                    .filter(Boolean)
                    .join('; ') || 'It stands alone'
                }
                meta="A child carries a share of its parent’s making: 0 unless somebody says so"
              >
                <Family org={org} self={relative(model)} parent={parent}>
                  {children.map(relative)}
                </Family>
                <div className="mt-4 max-w-xl">
                  {isAllowed(actor, 'model:edit') ? (
                    <ModelForm
                      key={JSON.stringify(model)}
                      org={org}
                      model={name}
                      fields={{
                        parent: parent?.name ?? null,
                        inherited_share: model.inherited_share,
                        parameters: model.parameters,
                        active_parameters: model.active_parameters,
                      }}
                      others={all.filter((one) => one.name !== name).map((one) => one.name)}
                    />
                  ) : (
                    <Forbidden needs="ml or analyst" />
                  )}
                </div>
              </Panel>
              <Panel
                span={5}
                title="For its model card"
                meta="Front matter as model hubs read it; making only, operational, location-based"
              >
                <CodeBlock label="Model card" code={modelCard({ life, listed: page.listed, window })} />
              </Panel>
              <Panel
                title={
                  page.count.rows > page.listed.length
                    ? `The ${page.listed.length} newest of ${counted(page.count.rows, 'run')}`
                    : counted(page.count.rows, 'run')
                }
                meta="Runs and services attributed to it by what their senders said; location-based"
                tools={
                  <LinkButton
                    href={addressOf(`/o/${org}/runs`, new URLSearchParams({ model: name, ...window }))}
                    size={26}
                  >
                    All in Runs
                  </LinkButton>
                }
              >
                <RunsTable
                  org={org}
                  caption={`Runs of ${name}`}
                  runs={page.listed}
                  today={today}
                  window={window}
                  filters={{ model: name }}
                  without={['model']}
                  totalLabel={page.count.rows > page.listed.length ? `Total of ${page.listed.length} shown` : 'Total'}
                />
              </Panel>
            </PanelGrid>
          </>
        )}
      </Main>
    </>
  )
}
