import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { Icon, type IconName } from '@/components/ui/icon'
import { Panel, type Span } from '@/components/ui/panel'

export interface Need {
  id: string
  icon: Extract<IconName, 'breach' | 'warn' | 'clock' | 'note'>
  what: string
  evidence: string
  verb: string
  href: string
}

const COLOR: Record<Need['icon'], string> = {
  breach: 'text-breach',
  warn: 'text-warn',
  clock: 'text-ink-2',
  note: 'text-ink-2',
}
const NUMBER = [
  'Nothing needs',
  'One thing needs',
  'Two things need',
  'Three things need',
  'Four things need',
  'Five things need',
]

/** Icon, what, evidence, one verb; at most five. */
export function NeedsYou({ needs, more, span }: { needs: readonly Need[]; more: number; span: Span }) {
  return (
    <Panel title={`${NUMBER[needs.length] ?? needs.length} you`} span={span}>
      {needs.length === 0 ? (
        <p className="flex items-start gap-2 border-t border-hairline py-3 text-muted">
          <Icon name="check" className="mt-0.5 text-accent" />
          Every hour read has a settled figure, every meter reports, and no reading was refused.
        </p>
      ) : (
        <ul>
          {needs.map((need) => (
            <li
              key={need.id}
              className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-hairline py-2.5 last:border-b-0"
            >
              <Icon name={need.icon} className={`mt-0.5 ${COLOR[need.icon]}`} />
              <div className="min-w-0">
                <p className="font-medium">{need.what}</p>
                <p className="text-meta text-muted">{need.evidence}</p>
              </div>
              <Link href={need.href} aria-label={`${need.verb}: ${need.what}`} className={buttonClass('secondary', 26)}>
                {need.verb}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="pt-1 text-meta text-muted">and {more} more of less weight</p>}
    </Panel>
  )
}
