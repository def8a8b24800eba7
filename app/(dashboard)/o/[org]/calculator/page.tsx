import type { Metadata } from 'next'
import { Calculator } from '@/components/calculator/calculator'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { hardwareCatalogue } from '@/lib/factors/hardware-catalogue'
import { ML_CO2_DEVICES, ML_CO2_PROVIDERS, ML_CO2_REGIONS, ML_CO2_SOURCE } from '@/lib/factors/ml-co2-impact'
import { tablesOfOrganization } from '@/lib/factors/organization-tables'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../runs/_shared/page-top'
import { originOfRequest } from '../sources/origin'

export const metadata: Metadata = { title: 'Calculator' }

const ML_CO2 = {
  source: ML_CO2_SOURCE,
  devices: ML_CO2_DEVICES.map(([name, watts]) => ({ name, watts })),
  providers: ML_CO2_PROVIDERS,
  regions: ML_CO2_REGIONS,
}

export default async function CalculatorPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  const catalogue = hardwareCatalogue(await tablesOfOrganization(actor.orgId))
  return (
    <>
      <PageTop org={organization} freshness={fresh} crumbs={[{ label: 'Calculator' }]} />
      <Main>
        <PageHeader
          title="Calculator"
          subtitle="What a job would emit, or one that was never metered. Its address holds every input; nothing is stored"
        />
        <Calculator org={org} origin={await originOfRequest()} catalogue={catalogue} mlCo2={ML_CO2} />
      </Main>
    </>
  )
}
