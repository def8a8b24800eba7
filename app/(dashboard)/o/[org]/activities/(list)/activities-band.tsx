import { KpiBand } from '@/components/figures/kpi-band'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { type ActivityScopeName, activitiesAddress } from '@/lib/contracts/explain'
import { activitySums } from '@/lib/reports/activity-sums'
import { formatPercent, threeFigures } from '@/lib/units/format'

const tonnes = (mg: bigint | null): string | null => (mg === null ? null : threeFigures(Number(mg) / 1e9))

/** What stands in Scope 1 and 3 apart from electricity, whole lines. */
export function ActivitiesBand({
  lines,
  window,
}: {
  lines: readonly ActivityLine[]
  window: { from: string; to: string }
}) {
  const sums = activitySums(lines)
  const mass = (scope: Exclude<ActivityScopeName, 'primary'>, mg: bigint | null) => ({
    value: tonnes(mg),
    ...(mg === null ? {} : { explain: activitiesAddress(scope, window), exact: mg }),
  })
  return (
    <KpiBand
      hero={{
        label: 'Scope 1',
        ...mass('1', sums.scope1Mg),
        unit: 't CO2e',
        why: 'No fuel and no refrigerant in these days',
        note:
          sums.refrigerantsMg === null ? undefined : (
            <>
              of it refrigerants <b>{tonnes(sums.refrigerantsMg)} t</b>
            </>
          ),
      }}
      items={[
        {
          label: 'Upstream of fuels',
          ...mass('upstream', sums.upstreamMg),
          unit: 't CO2e',
          why: 'No fuel with a known upstream',
          note: 'Scope 3, category 3',
        },
        {
          label: 'Other Scope 3 lines',
          ...mass('3', sums.scope3Mg),
          unit: 't CO2e',
          why: 'No purchase, waste or water in these days',
        },
        {
          label: 'Primary data',
          value: formatPercent(sums.primaryShare)?.replace(/\u202f%$/, '') ?? null,
          ...(sums.primaryShare === null
            ? {}
            : { explain: activitiesAddress('primary', window), exact: String(sums.primaryShare) }),
          unit: '%',
          why: 'No Scope 3 line',
          note: 'of these lines, by mass',
        },
        {
          label: 'Biogenic',
          ...mass('biogenic', sums.biogenicMg),
          unit: 't CO2',
          why: 'Nobody told any',
          note: 'outside the scopes',
        },
      ]}
    />
  )
}
