import type { Metadata } from 'next'
import Link from 'next/link'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { GROUPS, SETUP_KINDS } from '../_setup/kinds'

export const metadata: Metadata = { title: 'Add a source' }

export default async function AddSource({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params
  const { actor, organization } = await pageAccess(org)
  const fresh = await withOrg(actor, freshness)
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'Sources', href: `/o/${org}/sources` }, { label: 'Add' }]}
      />
      <Main>
        <PageHeader title="Add a source" subtitle="Choose what you already run; nothing of ours has to be installed" />
        <PanelGrid>
          {GROUPS.map((group) => (
            <Panel key={group} title={group} span={6}>
              <ul>
                {SETUP_KINDS.filter((kind) => kind.group === group).map((kind) => (
                  <li key={kind.id} className="border-b border-hairline last:border-b-0">
                    <Link
                      href={`/o/${org}/sources/add/${kind.id}`}
                      className="-mx-2 block px-2 py-2 no-underline hover:bg-sunken hover:no-underline"
                    >
                      <span className="font-medium text-ink">{kind.name}</span>
                      <span className="block text-meta text-muted">{kind.says}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          ))}
        </PanelGrid>
      </Main>
    </>
  )
}
