import Link from 'next/link'
import { CONSOLIDATION_SAYS, CONSOLIDATION_WORDS, IDLE_WORDS } from '@/components/forms/settings-words'
import { Panel } from '@/components/ui/panel'
import { DEFAULT_SETTINGS, type Settings } from '@/lib/contracts/settings'
import { formatPercent } from '@/lib/units/format'

export interface InForcePanelProps {
  org: string
  settings: Settings
  kinds: readonly { kind: string; label: string }[]
}

/** What is in force, and what of it is no default. */
export function InForcePanel({ org, settings, kinds }: InForcePanelProps) {
  const changed = (Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]).filter(
    (key) => JSON.stringify(settings[key]) !== JSON.stringify(DEFAULT_SETTINGS[key]),
  )
  const widths = Object.entries(settings.uncertainty).flatMap(([kind, tiers]) =>
    Object.entries(tiers).map(
      ([tier, width]) =>
        `${kinds.find((one) => one.kind === kind)?.label ?? kind}, tier ${tier}: ± ${formatPercent(width ?? null)}`,
    ),
  )
  const rows: [string, string, string | null][] = [
    ['Consolidation', CONSOLIDATION_WORDS[settings.consolidation], CONSOLIDATION_SAYS[settings.consolidation]],
    ['Warming potentials', settings.gwp_set, null],
    ['Base year', settings.base_year === null ? 'none yet' : String(settings.base_year), null],
    [
      'Target',
      settings.target_year === null || settings.target_reduction === null
        ? 'none'
        : `${formatPercent(settings.target_reduction)} below the base year by ${settings.target_year}`,
      null,
    ],
    ['Idle capacity', IDLE_WORDS[settings.idle_rule], null],
    ['Widths of our own', widths.length === 0 ? 'none' : widths.join('; '), null],
  ]
  return (
    <Panel
      span={4}
      title={
        changed.length === 0
          ? 'Every choice is the default'
          : `${changed.length} ${changed.length === 1 ? 'choice differs' : 'choices differ'} from the default`
      }
      meta={
        <>
          What it means for places is on{' '}
          <Link href={`/o/${org}/boundary`} className="underline">
            Boundary
          </Link>
        </>
      }
    >
      <dl className="border-t border-hairline text-table">
        {rows.map(([label, value, note]) => (
          <div key={label} className="border-b border-hairline py-2">
            <dt className="text-meta text-muted">{label}</dt>
            <dd>
              {value}
              {note && <span className="block text-meta text-muted">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
