import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { KpiBand } from '@/components/figures/kpi-band'
import { ActivityForm } from '@/components/forms/activity-form'
import { ACTIVITY_WORDS, placeWords } from '@/components/forms/activity-words'
import { VoidActivity } from '@/components/forms/void-activity'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { type Spec, SpecLine } from '@/components/shell/spec-line'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { activityAddress, factorAddress } from '@/lib/contracts/explain'
import { withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { activityHistory, fieldsOfLine } from '@/lib/registry/activity-lines'
import { freshness } from '@/lib/rollups/freshness'
import { siteNames } from '@/lib/rollups/site-names'
import { formatDay, formatPercent, threeFigures } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { PlacesPanel } from '../_shared/places-panel'
import { RevisionsTable } from './revisions-table'

export const metadata: Metadata = { title: 'Activity line' }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const revisionsFound = async (orgId: string, id: string): Promise<ActivityLine[]> => {
  if (!UUID.test(id)) notFound()
  try {
    return await activityHistory(orgId, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

const specsOf = (line: ActivityLine): Spec[] => [
  { label: 'Kind', value: ACTIVITY_WORDS[line.kind] },
  { label: 'Stands in', value: placeWords(line.scope, line.category) },
  { label: 'Period', value: `${formatDay(line.starts_on)} to before ${formatDay(line.ends_on)}` },
  ...(line.site_name === null ? [] : [{ label: 'Site', value: line.site_name }]),
  ...(line.gwp_set === null ? [] : [{ label: 'GWP set', value: line.gwp_set }]),
  ...(line.u95 === null ? [] : [{ label: 'Uncertainty', value: `± ${formatPercent(line.u95)}` }]),
  ...(line.evidence === null ? [] : [{ label: 'Evidence', value: line.evidence }]),
]

const gasesOf = (line: ActivityLine): string | null => {
  const gases = Object.entries(line.gases_kg ?? {})
  return gases.length < 2 ? null : gases.map(([gas, kg]) => `${gas.toUpperCase()} ${threeFigures(kg)}`).join(', ')
}

export default async function ActivityPage({ params }: { params: Promise<{ org: string; activity: string }> }) {
  const { org, activity: id } = await params
  const { actor, organization } = await pageAccess(org)
  const revisions = await revisionsFound(actor.orgId, id)
  const line = revisions[0] as ActivityLine
  const { fresh, sites } = await withOrg(actor, async (tx) => ({
    fresh: await freshness(tx),
    sites: await siteNames(tx),
  }))
  const canEdit = isAllowed(actor, 'activity:edit')
  // A void line carries the reason as its note; what it said before is one revision back.
  const said = fieldsOfLine((line.voided ? revisions[1] : undefined) ?? line)
  // The factor's own width is not a person's: the form leaves it to the factor.
  const fields = { ...said, u95: line.factor_id === null ? said.u95 : null }
  const kilograms = (kg: number | null) => (kg === null ? null : threeFigures(kg))
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Activities', href: `/o/${org}/activities` }, { label: line.name }]}
      />
      <Main>
        <PageHeader
          title={line.name}
          status={line.voided ? <Status tone="locked">Void</Status> : undefined}
          actions={
            canEdit ? (
              <VoidActivity org={org} activityId={id} name={line.name} voided={line.voided} fields={fields} />
            ) : undefined
          }
        >
          <SpecLine specs={specsOf(line)} />
        </PageHeader>
        <KpiBand
          items={[
            {
              label: placeWords(line.scope, line.category),
              value: line.voided ? null : kilograms(line.kg),
              unit: 'kg CO2e',
              why: 'Void: it counts no more',
              ...(line.voided ? {} : { explain: activityAddress(id) }),
              note: gasesOf(line) ?? undefined,
            },
            {
              label: 'Quantity',
              value: threeFigures(line.quantity),
              unit: line.unit,
              plain: 'entered',
            },
            {
              label: line.primary_data ? 'Stated by the supplier' : 'Factor',
              value: line.kg_per_unit === null ? null : threeFigures(line.kg_per_unit),
              unit: line.factor_unit ?? undefined,
              ...(line.factor_id === null
                ? { plain: 'entered' }
                : { explain: factorAddress(line.factor_id, line.factor_version ?? 1) }),
              why: line.supplier ?? 'The total is the supplier’s own',
              note: line.factor_name ?? line.supplier ?? undefined,
            },
            {
              label: 'Upstream, category 3',
              value: kilograms(line.upstream_kg),
              ...(line.upstream_kg === null ? {} : { explain: activityAddress(id, 'upstream') }),
              unit: 'kg CO2e',
              why: line.scope === 1 ? 'The library knows no upstream of it' : 'Only fuels have one',
            },
          ]}
        />
        <PanelGrid>
          <Panel
            title={
              revisions.length === 1
                ? 'Never corrected'
                : `Corrected ${revisions.length - 1 === 1 ? 'once' : `${revisions.length - 1} times`}`
            }
            meta="A correction is a revision beside the earlier one; the newest counts"
          >
            <RevisionsTable revisions={revisions} />
          </Panel>
          {canEdit && (
            <>
              <Panel span={8} title="Correct it" meta="Saving writes a revision; the same content again writes nothing">
                <ActivityForm org={org} activityId={id} initial={fields} sites={sites} />
              </Panel>
              <PlacesPanel />
            </>
          )}
        </PanelGrid>
      </Main>
    </>
  )
}
