import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { cx } from '@/components/ui/cx'
import { EMISSION_SOURCES, type EmissionSource, type ScopePlace, type scopeMap } from '@/lib/accounting/scope/scope-map'
import { DEPLOYMENTS } from '@/lib/contracts/common'
import { figureAddress } from '@/lib/contracts/explain'
import { threeFigures } from '@/lib/units/format'
import { deploymentWords } from '../runs/_shared/words'

const SOURCE_WORDS: Record<EmissionSource, string> = {
  electricity: 'Electricity',
  upstream: 'Upstream and losses',
  hardware: 'Hardware',
  fuel: 'Generators, refrigerants',
  freight: 'Inbound freight',
  waste: 'Waste',
}

const placeWords = ({ scope, category }: ScopePlace): string =>
  category === null ? `Scope ${scope}` : `Scope 3, cat. ${category}`

const cellOf = (place: ScopePlace | null, strong: boolean) => {
  if (place === null) return { nothing: 'not-applicable' as const, why: 'Nothing of this source arises' }
  const words = placeWords(place)
  return {
    text: place.leftOut ? `${words}, left out` : place.inside ? `${words}, within` : words,
    why: [place.note, place.clause].filter(Boolean).join('. '),
    node: (
      <span title={place.clause} className="block py-2 leading-4">
        <span
          className={cx('whitespace-nowrap', place.inside || place.leftOut ? 'text-muted' : strong && 'font-medium')}
        >
          {place.leftOut ? `${words}, left out` : place.inside ? `within ${words.replace('Scope', 'scope')}` : words}
        </span>
        {place.note && <span className="block min-w-36 text-micro whitespace-normal text-muted">{place.note}</span>}
      </span>
    ),
  }
}

export interface MatrixTableProps {
  map: ReturnType<typeof scopeMap>
  /** t CO2e of electricity by deployment; what is not there did not occur. */
  tonnes: ReadonlyMap<string, number | null>
  window: { from: string; to: string }
}

/** Deployment × source → where it stands; the clause is behind each cell. */
export function MatrixTable({ map, tonnes, window }: MatrixTableProps) {
  const columns: Column[] = [
    { key: 'deployment', label: 'Deployment' },
    { key: 'tonnes', label: 'Electricity', unit: 't', align: 'right' },
    ...EMISSION_SOURCES.map((source): Column => ({ key: source, label: SOURCE_WORDS[source] })),
  ]
  const rows = DEPLOYMENTS.map((deployment): Row => {
    const mass = tonnes.get(deployment)
    return {
      id: deployment,
      muted: !tonnes.has(deployment),
      cells: {
        deployment: deploymentWords(deployment),
        tonnes:
          mass === undefined
            ? { text: null, why: 'No workload of this kind in these days' }
            : mass === null
              ? { text: null, why: 'Its grid intensity is not known' }
              : {
                  text: threeFigures(mass),
                  sort: mass,
                  explain: figureAddress('location', window, { deployment }),
                },
        ...Object.fromEntries(
          EMISSION_SOURCES.map((source) => [source, cellOf(map[deployment][source], source === 'electricity')]),
        ),
      },
    }
  })
  return <DataTable caption="Scope mapping" columns={columns} rows={rows} sortable={false} />
}
