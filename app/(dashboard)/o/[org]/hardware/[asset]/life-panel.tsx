import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { Asset } from '@/lib/contracts/assets'
import { rateWith } from '@/lib/rollups/asset-book'
import { formatPercent, threeFigures } from '@/lib/units/format'

const LIVES = [3, 4, 5, 6, 8]
const USES = [0.1, 0.25, 0.5, 0.75, 1]

/** Scenarios, stored nowhere: what an hour costs when it lives longer or is used more. */
export function LifePanel({ asset, used, span }: { asset: Asset; used: number | null; span: Span }) {
  const lives = [...new Set([...LIVES, asset.life_years])].sort((a, b) => a - b)
  const uses = used !== null && used > 0 && used < 1 ? [...USES, used].sort((a, b) => a - b) : USES
  const grams = (share: number, lifeYears: number) => {
    const kg = rateWith(asset, { used: share, lifeYears })
    return kg === null ? null : { text: threeFigures(kg * 1000), sort: kg }
  }
  const now = used === null || used <= 0 ? null : rateWith(asset, { used, lifeYears: asset.life_years })
  const full = rateWith(asset, { used: 1, lifeYears: asset.life_years })
  return (
    <Panel
      span={span}
      title={
        now === null || full === null
          ? 'What a used device-hour costs'
          : `A used hour costs ${threeFigures(now * 1000)} g; fully used ${threeFigures(full * 1000)} g`
      }
      meta={
        <>
          Scenario: g CO<sub>2</sub>e of a used device-hour, TE ÷ (life × share of it that is used), by years of life
        </>
      }
    >
      {asset.embodied_kg === null ? (
        <p className="text-muted">Its embodied value is not known.</p>
      ) : (
        <DataTable
          caption="Cost of idleness by life"
          sortable={false}
          density={28}
          columns={[
            { key: 'used', label: 'Used' },
            ...lives.map((years) => ({
              key: String(years),
              label: years === asset.life_years ? `${years} y, entered` : `${years} y`,
              plain: 'told-here' as const,
              align: 'right' as const,
            })),
          ]}
          rows={uses.map((share) => ({
            id: String(share),
            selected: share === used,
            cells: {
              used: share === used ? `${formatPercent(share)}, measured` : formatPercent(share),
              ...Object.fromEntries(lives.map((years) => [String(years), grams(share, years)])),
            },
          }))}
        />
      )}
    </Panel>
  )
}
