import { CRITERION_WORDS } from '@/components/forms/instrument-words'
import { Icon } from '@/components/ui/icon'
import { Panel } from '@/components/ui/panel'
import type { Instrument } from '@/lib/contracts/instruments'

/** The eight criteria of the Scope 2 Guidance, table 7.1; of one instrument with how it stands to each. */
export function CriteriaPanel({ span, instrument }: { span: 4 | 5; instrument: Instrument | null }) {
  const failed = new Map(instrument?.failed.map(({ criterion, reason }) => [criterion, reason]))
  const title =
    instrument === null
      ? 'Eight criteria decide whether it counts'
      : failed.size === 0
        ? 'It meets every criterion'
        : `${failed.size} of eight criteria ${failed.size === 1 ? 'is' : 'are'} not met, so it is ignored`
  return (
    <Panel span={span} title={title} meta="GHG Protocol Scope 2 Guidance, table 7.1">
      <ul className="border-t border-hairline text-table">
        {Object.entries(CRITERION_WORDS).map(([criterion, words]) => {
          const reason = failed.get(criterion)
          return (
            <li key={criterion} className="flex items-start gap-2.5 border-b border-hairline py-2">
              {instrument !== null && (
                <Icon
                  name={reason === undefined ? 'check' : 'breach'}
                  size={14}
                  className={reason === undefined ? 'mt-[3px] text-accent' : 'mt-[3px] text-breach'}
                />
              )}
              <span className="min-w-0">
                {words}
                {instrument !== null && <span className="sr-only">{reason === undefined ? ': met' : ': not met'}</span>}
                {reason !== undefined && <span className="block text-meta text-breach">{reason}</span>}
              </span>
            </li>
          )
        })}
      </ul>
      {instrument?.disclosures.map((one) => (
        <p key={one} className="mt-3 text-meta text-warn">
          To be disclosed: {one}
        </p>
      ))}
    </Panel>
  )
}
