import { RETIREMENT_WORDS } from '@/components/forms/asset-words'
import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import { assetAddress } from '@/lib/contracts/explain'
import type { RetiredAsset } from '@/lib/rollups/asset-inventory'
import { threeFigures } from '@/lib/units/format'
import { counted, shortDay } from '../../runs/_shared/words'
import { shortened } from '../_shared/words'

/** Mass × treatment, in the year of retirement; small, and said so rather than left out. */
export function EndOfLifePanel({ retired, org, span }: { retired: readonly RetiredAsset[]; org: string; span: Span }) {
  const known = retired.flatMap(({ end_of_life_kg: kg }) => kg ?? [])
  const sum = known.reduce((all, kg) => all + kg, 0)
  return (
    <Panel
      span={span}
      title={
        retired.length === 0
          ? 'Nothing has been retired'
          : known.length === 0
            ? `${counted(retired.length, 'asset')} retired, none of it scrapped`
            : `End of life: ${threeFigures(sum)} kg for ${counted(known.length, 'scrapped asset')}`
      }
      meta={
        <>
          kg CO<sub>2</sub>e, category 5: mass × treatment, without a credit for recycling
        </>
      }
    >
      {retired.length > 0 && (
        <DataTable
          caption="Retired hardware"
          sortable={false}
          density={28}
          columns={[
            { key: 'asset', label: 'Asset' },
            { key: 'what', label: 'What became of it' },
            { key: 'mass', label: 'Mass', unit: 't', align: 'right', plain: 'entered' },
            { key: 'kg', label: '', unit: 'kg CO2e', align: 'right' },
          ]}
          rows={retired.map(({ asset, mass_kg, end_of_life_kg, livesOn, factor }) => ({
            id: asset.asset_id,
            cells: {
              asset: {
                text: shortened(asset.name, 26),
                why: asset.name,
                href: `/o/${org}/hardware/${asset.asset_id}`,
              },
              what: {
                text: `${asset.retirement === null ? 'Retired' : RETIREMENT_WORDS[asset.retirement]}, ${shortDay(asset.retired_on as string, '0000')}`,
              },
              mass: mass_kg === null ? { text: null, why: 'Its mass is not entered' } : mass_kg / 1000,
              kg: livesOn
                ? { nothing: 'not-applicable', why: 'It lives on elsewhere' }
                : end_of_life_kg === null
                  ? { text: null, why: mass_kg === null ? 'Its mass is not entered' : 'No factor of its treatment' }
                  : {
                      text: threeFigures(end_of_life_kg),
                      sort: end_of_life_kg,
                      why: factor ?? undefined,
                      explain: assetAddress(asset.asset_id, 'end-of-life'),
                    },
            },
          }))}
        />
      )}
    </Panel>
  )
}
