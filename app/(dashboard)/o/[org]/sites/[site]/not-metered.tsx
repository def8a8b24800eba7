import { CodeBlock } from '@/components/forms/code-block'
import { Panel } from '@/components/ui/panel'
import type { SiteSummary } from '@/lib/rollups/sites'
import { formatRatio } from '@/lib/units/format'
import { facilitySnippet } from '../facility-snippet'

/** Why there is no trend, what is used instead, and the one thing to do. */
export function NotMetered({ site, origin }: { site: SiteSummary; origin: string }) {
  const { overhead } = site
  const hasMeter = site.facility_meters > 0
  const used =
    overhead.basis === 'declared'
      ? `the declared PUE of ${formatRatio(overhead.pue, 2)} is used (${overhead.source}), tier ${overhead.tier}.`
      : `${overhead.source}, PUE ${formatRatio(overhead.pue, 2)}, is used, tier ${overhead.tier}.`
  return (
    <Panel
      span={8}
      title={hasMeter ? 'PUE is not metered in this range' : 'PUE is not metered here'}
      meta="PUE and CUE need a facility meter and IT energy of the same hours"
    >
      <p className="max-w-[72ch]">
        {hasMeter
          ? `There is a facility meter, but no hour of this range in which it and the IT energy are both known; ${used}`
          : `No facility meter is read here; ${used}`}{' '}
        What a sender declares with its own readings goes before it.
      </p>
      <p className="mt-4 mb-1 text-meta text-muted">
        To meter it, send what the building draws and, where there is one, what its racks get, without a run:
      </p>
      <CodeBlock
        label="Readings of a facility meter"
        code={facilitySnippet(origin, site.name, site.zone, site.deployment)}
      />
    </Panel>
  )
}
