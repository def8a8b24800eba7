import type { Metadata } from 'next'
import { CarbonPrices } from '@/components/forms/carbon-prices'
import { SettingsForm } from '@/components/forms/settings-form'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Forbidden } from '@/components/states/forbidden'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { DEFAULT_WIDTHS, UNCERTAIN_IN, type UncertainIn } from '@/lib/accounting/uncertainty/tier-widths'
import { isAllowed } from '@/lib/auth/actor'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { settingsOf } from '@/lib/registry/settings'
import { carbonCosts } from '@/lib/reports/carbon-costs'
import { freshness } from '@/lib/rollups/freshness'
import { formatInstant } from '@/lib/units/format'
import { PageTop } from '../runs/_shared/page-top'
import { utcToday } from '../runs/_shared/page-view'
import { InForcePanel } from './in-force-panel'

export const metadata: Metadata = { title: 'Settings' }

const KIND_WORDS: Record<UncertainIn, string> = {
  energy: 'Energy',
  overhead: 'Overhead (PUE)',
  intensity: 'Grid intensity',
  market: 'Market-based rate',
  embodied: 'Embodied',
  water: 'Water',
  factor: 'Other factors',
}

const KINDS = UNCERTAIN_IN.map((kind) => ({ kind, label: KIND_WORDS[kind], defaults: DEFAULT_WIDTHS[kind] }))

export default async function SettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const { settings: stored, fresh } = await withOrg(actor, async (tx) => ({
    settings: await settingsOf(tx),
    fresh: await freshness(tx),
  }))
  const { updatedAt, ...settings } = stored
  const year = Number(utcToday().slice(0, 4))
  const costs = await carbonCosts(actor.orgId, year)
  const canEdit = isAllowed(actor, 'settings:edit')
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Settings' }]} />
      <Main>
        <PageHeader
          title="Settings"
          subtitle={
            updatedAt === null
              ? 'How the organisation reports: the defaults of the method, until somebody decides'
              : `How the organisation reports, as of ${formatInstant(updatedAt)} UTC`
          }
        />
        <PanelGrid>
          <Panel
            span={8}
            title="What holds for every figure"
            meta="Applied when figures are read. Changes are in the audit trail"
          >
            {canEdit ? (
              <SettingsForm org={org} settings={settings} kinds={KINDS} />
            ) : (
              <Forbidden
                needs="owner, admin or analyst"
                grant={`You are here as ${actor.role}. An owner or admin of ${organization.name} can give you the role.`}
              />
            )}
          </Panel>
          <InForcePanel org={org} settings={settings} kinds={KINDS} />
          <CarbonPrices org={org} year={year} rows={costs} canEdit={canEdit} />
        </PanelGrid>
      </Main>
    </>
  )
}
