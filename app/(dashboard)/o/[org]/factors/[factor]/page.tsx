import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { KpiBand } from '@/components/figures/kpi-band'
import { FactorForm } from '@/components/forms/factor-form'
import { WithdrawFactor } from '@/components/forms/withdraw-factor'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { LinkButton } from '@/components/ui/link-button'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { factorPathSchema } from '@/lib/contracts/factors'
import { withOrg } from '@/lib/db/with-org'
import { isRecalled, u95Of } from '@/lib/factors/factor-kinds'
import { factorDetail } from '@/lib/rollups/factor-detail'
import { massRestingOn } from '@/lib/rollups/factor-usage'
import { thisYear } from '@/lib/rollups/factor-year'
import { freshness } from '@/lib/rollups/freshness'
import { formatCount, formatMass } from '@/lib/units/format'
import { PageTop } from '../../runs/_shared/page-top'
import { type AskedParams, queryOf, utcToday } from '../../runs/_shared/page-view'
import { isOwnKind, knownFields } from '../_shared/known-fields'
import { factorNumber, isFirm, KIND_LABELS, spreadWords, statusWords, validityWords } from '../_shared/words'
import { AttributesPanel } from './attributes-panel'
import { SeriesPanel } from './series-panel'
import { TermsPanel } from './terms-panel'
import { UpdatePanel } from './update-panel'
import { UsagePanel } from './usage-panel'
import { VersionsPanel } from './versions-panel'

export const metadata: Metadata = { title: 'Factor' }

export default async function Factor({
  params,
  searchParams,
}: {
  params: Promise<{ org: string; factor: string }>
  searchParams: Promise<AskedParams>
}) {
  const { org, factor } = await params
  const edits = queryOf(await searchParams).has('own')
  const { actor, organization } = await pageAccess(org)
  const id = factorPathSchema.safeParse(factor).data
  if (id === undefined) notFound()
  const today = utcToday()
  const year = thisYear(Date.now())
  const [detail, fresh] = await Promise.all([
    factorDetail({ orgId: actor.orgId, id, ...year }),
    withOrg(actor, freshness),
  ])
  const version = detail?.versions.find((one) => one.version === detail.in_force)
  if (!detail || !version) notFound()
  const mayEdit = isAllowed(actor, 'factor:edit')
  const { u95, isOurs } = u95Of({ kind: detail.kind, u95: version.u95, status: version.status })
  const resting = massRestingOn(detail.usage)
  const mass = resting === 0 ? null : formatMass(resting * 1e6)
  const unknown = version.value === null ? `${statusWords(version.status)}: unknown, and never taken as 0` : undefined
  const mayOwn = isOwnKind(detail.kind) && !detail.overridden_by
  const withdrawn = version.status === 'withdrawn'
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Factors', href: `/o/${org}/factors` }, { label: detail.name }]}
      />
      <Main>
        <PageHeader
          title={detail.name}
          status={
            <Status tone={isFirm(version.status) ? 'plain' : 'warn'}>
              {detail.is_own ? `Your own, ${statusWords(version.status).toLowerCase()}` : statusWords(version.status)}
            </Status>
          }
          subtitle={
            isRecalled(version.status)
              ? 'Written down from memory and not confirmed at its publisher. It is used only where no verified factor is known.'
              : detail.is_own && detail.overrides
                ? 'Stands before the shared factor, for this organisation alone.'
                : undefined
          }
          actions={
            <>
              {detail.is_own && mayEdit && !withdrawn && (
                <WithdrawFactor
                  org={org}
                  factor={detail.factor_id}
                  then={
                    detail.overrides
                      ? 'The shared factor counts again.'
                      : 'The next best factor of its place takes over.'
                  }
                />
              )}
              {mayOwn && !edits && (
                <LinkButton href={`/o/${org}/factors/${encodeURIComponent(detail.factor_id)}?own=1`}>
                  {detail.is_own ? 'Next version' : 'Use your own number'}
                </LinkButton>
              )}
            </>
          }
        >
          {(detail.overrides || detail.overridden_by) && (
            <p className="text-meta text-muted">
              {detail.overrides ? 'Overrides ' : 'Your own factor stands before it: '}
              <Link href={`/o/${org}/factors/${encodeURIComponent(detail.overrides ?? detail.overridden_by ?? '')}`}>
                {detail.overrides ?? detail.overridden_by}
              </Link>
            </p>
          )}
        </PageHeader>
        <KpiBand
          className="mb-7"
          hero={{
            label: KIND_LABELS[detail.kind] ?? detail.kind,
            value: version.value === null ? null : factorNumber(version.value),
            plain: 'published',
            unit: version.unit,
            why: unknown,
            note:
              version.value === null
                ? unknown
                : u95 === null
                  ? 'No interval is given'
                  : `${spreadWords(u95)} at 95 %, ${isOurs ? 'ours for this kind: the source states none' : 'as the source states it'}`,
          }}
          items={[
            { label: 'Ledger lines this year', value: formatCount(detail.usage.lines), plain: 'count' },
            {
              label: 'Emissions resting on it',
              value: mass?.value ?? null,
              plain: 'part',
              unit: mass ? `${mass.unit} CO2e` : undefined,
              why: 'No mass of this year rests on it',
            },
            {
              label: 'Version in force',
              value: String(detail.in_force),
              plain: 'count',
              note: detail.versions.length > 1 ? `of ${formatCount(detail.versions.length)}` : undefined,
            },
            { label: 'Valid', value: validityWords(version), plain: 'time', why: 'Bound to no time' },
          ]}
        />
        <PanelGrid>
          {/* One decision at a time: one primary button. */}
          {!edits && <UpdatePanel org={org} detail={detail} mayEdit={mayEdit} span={12} />}
          {mayOwn && edits && (
            <Panel
              title={detail.is_own ? 'Store the next version' : 'Use your own number instead'}
              meta={
                detail.is_own
                  ? 'What it is of stays; a version in use is never edited'
                  : 'For this organisation alone. Days that rest on the shared factor are posted again with yours; the shared one stays as it is'
              }
            >
              {mayEdit ? (
                <FactorForm org={org} known={knownFields(detail)} kindLabels={KIND_LABELS} isFixed />
              ) : (
                <Forbidden needs="analyst" />
              )}
            </Panel>
          )}
          <TermsPanel detail={detail} version={version} span={7} />
          <UsagePanel org={org} usage={detail.usage} year={year.from.slice(0, 4)} span={5} />
          <AttributesPanel version={version} span={7} />
          <SeriesPanel org={org} detail={detail} span={5} />
          <VersionsPanel detail={detail} today={today} span={12} />
        </PanelGrid>
      </Main>
    </>
  )
}
