import { ACTIVITY_WORDS, CATEGORY_WORDS } from '@/components/forms/activity-words'
import { Panel } from '@/components/ui/panel'
import { ACTIVITY_KINDS, ACTIVITY_SCOPES } from '@/lib/contracts/activity-lines'

const wordsOf = (categories: readonly number[]): string =>
  categories.map((category) => `${category} ${(CATEGORY_WORDS[category] ?? '').toLowerCase()}`).join(', or ')

/** Where each kind of line stands in an inventory. */
export function PlacesPanel() {
  return (
    <Panel
      span={4}
      title="Where a line stands follows from its kind"
      meta="GHG Protocol Corporate and Scope 3 Standards"
    >
      <dl className="border-t border-hairline text-table">
        {ACTIVITY_KINDS.map((kind) => {
          const place = ACTIVITY_SCOPES[kind]
          return (
            <div key={kind} className="border-b border-hairline py-2">
              <dt className="font-medium">{ACTIVITY_WORDS[kind]}</dt>
              <dd className="text-meta text-muted">
                {place === undefined
                  ? 'says its scope and category'
                  : place.scope === 1
                    ? `Scope 1${kind === 'fuel' ? '; its upstream in category 3' : ''}`
                    : `Scope 3, category ${wordsOf(place.categories ?? [])}`}
              </dd>
            </div>
          )
        })}
      </dl>
    </Panel>
  )
}
