import Link from 'next/link'
import { CONSOLIDATION_SAYS, CONSOLIDATION_WORDS, IDLE_WORDS } from '@/components/forms/settings-words'
import { Panel } from '@/components/ui/panel'
import type { SettingsRow } from '@/lib/registry/settings'

/** What the organisation has chosen, and what that means. */
export function ChoicesPanel({ org, settings }: { org: string; settings: SettingsRow }) {
  const rows: [string, string, string][] = [
    ['Consolidation', CONSOLIDATION_WORDS[settings.consolidation], CONSOLIDATION_SAYS[settings.consolidation]],
    [
      'Cloud and model APIs',
      `Scope 3, category ${settings.cloud_category}`,
      settings.cloud_category === 1
        ? 'A sub-line of purchased services (ESRS E1 AR 51)'
        : 'Leased assets: a dedicated lease of machines',
    ],
    [
      'Software on customers’ machines',
      settings.software_use_in_category_11 ? 'Counts in category 11' : 'Shown, and counted in no row',
      'Optional for software; the choice is disclosed',
    ],
    ['Idle capacity', IDLE_WORDS[settings.idle_rule], 'Reserved capacity is always its reserver’s'],
    ['Warming potentials', settings.gwp_set, 'The latest set of the IPCC is AR6 (ESRS E1 AR 39 d)'],
  ]
  return (
    <Panel
      span={6}
      title={`${CONSOLIDATION_WORDS[settings.consolidation]} decides what is inside`}
      meta={
        <>
          Chosen under{' '}
          <Link href={`/o/${org}/settings`} className="underline">
            Settings
          </Link>
        </>
      }
    >
      <dl className="border-t border-hairline text-table">
        {rows.map(([label, value, note]) => (
          <div
            key={label}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)] gap-x-4 border-b border-hairline py-2"
          >
            <dt className="text-muted">{label}</dt>
            <dd>
              {value}
              <span className="block text-meta text-muted">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
