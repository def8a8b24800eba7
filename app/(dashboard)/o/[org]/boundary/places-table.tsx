import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import type { scopeMap } from '@/lib/accounting/scope/scope-map'
import { figureAddress } from '@/lib/contracts/explain'
import type { BoundaryPlace } from '@/lib/rollups/boundary'
import { UNASSIGNED } from '@/lib/rollups/cube-filter'
import { threeFigures } from '@/lib/units/format'
import { energyIn, energyUnitOf, massIn } from '../runs/_shared/amounts'
import { counted, deploymentWords } from '../runs/_shared/words'

export interface PlacesTableProps {
  org: string
  places: readonly BoundaryPlace[]
  map: ReturnType<typeof scopeMap>
  window: { from: string; to: string }
}

/** Which sites and workloads fall where, with their t. */
export function PlacesTable({ org, places, map, window }: PlacesTableProps) {
  const energy = energyUnitOf(places.map((place) => place.facility_uwh))
  const columns: Column[] = [
    { key: 'site', label: 'Site', width: 'wide' },
    { key: 'deployment', label: 'Deployment' },
    { key: 'zone', label: 'Zone' },
    { key: 'workloads', label: 'Workloads', align: 'right', plain: 'count' },
    { key: 'place', label: 'Its electricity stands in' },
    { key: 'energy', label: 'Facility energy', unit: energy, align: 'right' },
    { key: 'mass', label: 'Location-based', unit: 't CO2e', align: 'right' },
  ]
  const rows = places.map((place): Row => {
    const cell = map[place.deployment].electricity
    const mass = massIn(place.location_mg, 't')
    const addressOf = (measure: 'location' | 'facility') =>
      figureAddress(measure, window, {
        deployment: place.deployment,
        site: place.slug ?? UNASSIGNED,
        zone: place.zone ?? UNASSIGNED,
      })
    return {
      id: `${place.deployment} ${place.slug} ${place.zone}`,
      cells: {
        site: place.slug
          ? { text: place.name ?? place.slug, href: `/o/${org}/sites/${encodeURIComponent(place.slug)}` }
          : { text: null, why: 'The sender named no site' },
        deployment: deploymentWords(place.deployment),
        zone: place.zone ?? { text: null, why: 'Nobody said on which grid' },
        workloads: {
          text: place.workloads === 0 ? 'site meter only' : counted(place.workloads, 'workload'),
          sort: place.workloads,
          href: place.slug ? `/o/${org}/runs?site=${encodeURIComponent(place.slug)}&range=12m` : undefined,
        },
        place:
          cell === null
            ? { nothing: 'not-applicable' }
            : cell.leftOut
              ? 'Left out by choice'
              : cell.category === null
                ? `Scope ${cell.scope}`
                : `Scope 3, category ${cell.category}`,
        energy:
          place.facility_uwh === null
            ? null
            : {
                sort: energyIn(place.facility_uwh, energy),
                explain: addressOf('facility'),
                exact: place.facility_uwh,
              },
        mass:
          mass === null
            ? { text: null, why: 'No grid intensity is known' }
            : { text: threeFigures(mass), sort: mass, explain: addressOf('location'), exact: place.location_mg },
      },
    }
  })
  return <DataTable caption="Places inside the boundary" columns={columns} rows={rows} />
}
