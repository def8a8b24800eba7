import { Panel } from '@/components/ui/panel'
import { EXCLUDED } from '@/lib/accounting/scope/scope-map'

/** What is left out, and why. */
export function ExcludedPanel() {
  return (
    <Panel span={6} title="Left out, with the reason" meta="ESRS E1 AR 46 (i)">
      <dl className="border-t border-hairline text-table">
        {EXCLUDED.map(({ what, category, reason }) => (
          <div
            key={what}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)] gap-x-4 border-b border-hairline py-2"
          >
            <dt>
              {what}
              {category !== null && <span className="block text-meta text-muted">category {category}</span>}
            </dt>
            <dd className="text-ink-2">{reason}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
