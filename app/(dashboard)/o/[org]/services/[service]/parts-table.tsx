import type { Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import type { ServicePart } from '@/lib/rollups/service-parts'
import { formatCount } from '@/lib/units/format'
import { energyIn, energyUnitOf, intensityOf, massIn, massUnitOf, sumOf } from '../../runs/_shared/amounts'

const WHY = {
  embodied: 'Embodied emissions of this hardware are not known: register it on the Hardware page',
  devices: 'The sender named no number of devices',
}

/** Where a service runs, on what, and with which model. */
export function PartsTable({ org, parts }: { org: string; parts: readonly ServicePart[] }) {
  const mass = massUnitOf(parts.map((part) => part.location_mg))
  const energy = energyUnitOf(parts.map((part) => part.facility_uwh))
  const columns: Column[] = [
    { key: 'place', label: 'Place' },
    { key: 'zone', label: 'Grid zone' },
    { key: 'model', label: 'Model' },
    { key: 'hardware', label: 'Hardware' },
    { key: 'hours', label: 'Device-hours', align: 'right', plain: 'time' },
    { key: 'energy', label: 'Facility', unit: energy, align: 'right', plain: 'part' },
    { key: 'intensity', label: 'Grid', unit: 'g/kWh', align: 'right', plain: 'part' },
    { key: 'location', label: 'Location-based', unit: `${mass} CO2e`, align: 'right', plain: 'part' },
    { key: 'embodied', label: 'Embodied', unit: mass, align: 'right', plain: 'part' },
    { key: 'each', label: 'Per GPU-hour', unit: 'g', align: 'right', plain: 'part' },
  ]
  const rows: Row[] = parts.map((part, at) => ({
    id: String(at),
    cells: {
      place: part.slug ? { text: part.site, href: `/o/${org}/sites/${part.slug}` } : { text: 'No site', muted: true },
      zone: part.zone ? { text: part.zone, href: `/o/${org}/grid/${encodeURIComponent(part.zone)}` } : null,
      model: part.model
        ? { text: part.model, href: `/o/${org}/models/${encodeURIComponent(part.model)}` }
        : { text: 'Unassigned', muted: true },
      hardware: part.hardware,
      hours:
        part.device_hours === null
          ? { text: null, why: WHY.devices }
          : { text: formatCount(part.device_hours), sort: part.device_hours },
      energy: energyIn(part.facility_uwh, energy),
      intensity: intensityOf(part.location_mg, part.known_facility_uwh),
      location: massIn(part.location_mg, mass) ?? { text: null, why: 'No hour of it has a figure' },
      embodied: massIn(part.embodied_mg, mass) ?? { text: null, why: WHY.embodied },
      each:
        part.device_hours && part.location_mg !== null
          ? Number(part.location_mg) / 1000 / part.device_hours
          : { text: null, why: WHY.devices },
    },
  }))
  const total = (of: (part: ServicePart) => bigint | null) => sumOf(parts.map(of))
  return (
    <DataTable
      caption="Places, models and hardware"
      columns={columns}
      rows={rows}
      total={{
        id: 'total',
        cells: {
          place: 'Total',
          energy: energyIn(
            total((part) => part.facility_uwh),
            energy,
          ),
          location: massIn(
            total((part) => part.location_mg),
            mass,
          ),
          embodied: massIn(
            total((part) => part.embodied_mg),
            mass,
          ),
        },
      }}
    />
  )
}
