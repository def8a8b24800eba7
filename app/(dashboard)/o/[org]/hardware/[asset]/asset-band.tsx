import { KpiBand } from '@/components/figures/kpi-band'
import { type AssetMeasure, assetAddress } from '@/lib/contracts/explain'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { formatMass, formatPercent, threeFigures } from '@/lib/units/format'
import { shareWords, u95Of, withBounds } from '../_shared/words'

const UNKNOWN = 'Its embodied value is not known'

/** What the asset weighed, gave, left idle and still holds; to date. */
export function AssetBand({ toDate, window }: { toDate: AssetBook; window: AssetBook }) {
  const { asset } = toDate
  const figure = (mg: bigint | null) => formatMass(mg) ?? { value: null, unit: undefined }
  const kpi = (label: string, mg: bigint | null, note: string | undefined) => ({
    label,
    value: figure(mg).value,
    unit: figure(mg).unit && `${figure(mg).unit} CO2e`,
    why: UNKNOWN,
    note,
  })
  const ofWhole = (mg: bigint | null) => shareWords(mg, toDate.whole_mg)
  const used =
    window.used_hours === null || window.available_hours === 0 ? null : window.used_hours / window.available_hours
  const explained = (measure: AssetMeasure, mg: bigint | null) =>
    mg === null || toDate.run_off_mg === null ? {} : { explain: assetAddress(asset.asset_id, measure), exact: mg }
  return (
    <KpiBand
      items={[
        {
          ...kpi(
            'Embodied, all units',
            toDate.whole_mg,
            asset.embodied_kg === null ? undefined : `${withBounds(asset.embodied_kg, u95Of(asset))} kg a unit`,
          ),
          explain: toDate.whole_mg === null ? undefined : assetAddress(asset.asset_id, 'embodied'),
          exact: toDate.whole_mg,
        },
        {
          ...kpi(
            'Ran off to date',
            toDate.run_off_mg,
            ofWhole(toDate.run_off_mg) ? `${ofWhole(toDate.run_off_mg)} of the whole` : undefined,
          ),
          ...explained('run-off', toDate.run_off_mg),
        },
        {
          ...kpi(
            'Carried by workloads',
            toDate.allocated_mg,
            ofWhole(toDate.allocated_mg)
              ? `${ofWhole(toDate.allocated_mg)} of the whole, since the first reading`
              : undefined,
          ),
          ...explained('carried', toDate.allocated_mg),
        },
        toDate.left_mg === null && asset.retired_on !== null
          ? {
              label: 'Left to run off',
              value: null,
              why: 'Retired: what was left went with it',
              note: 'Retired: what was left went with it',
            }
          : {
              ...kpi(
                'Left to run off',
                toDate.left_mg,
                ofWhole(toDate.left_mg) ? `${ofWhole(toDate.left_mg)} of the whole` : undefined,
              ),
              ...explained('left', toDate.left_mg),
            },
        {
          label: 'A device-hour',
          plain: 'beside',
          value: toDate.kg_per_device_hour === null ? null : threeFigures(toDate.kg_per_device_hour * 1000),
          unit: 'g CO2e',
          why: UNKNOWN,
          note:
            used === null ? 'no workload names this hardware' : `${formatPercent(used)} of its hours used in the range`,
        },
      ]}
    />
  )
}
