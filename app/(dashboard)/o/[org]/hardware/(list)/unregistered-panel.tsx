import { DataTable } from '@/components/tables/data-table'
import { Panel, type Span } from '@/components/ui/panel'
import type { HardwareUse } from '@/lib/rollups/hardware-use'
import { formatCount } from '@/lib/units/format'
import { massIn, massUnitOf } from '../../runs/_shared/amounts'
import { counted } from '../../runs/_shared/words'
import { shortened } from '../_shared/words'

interface Held {
  id: string
  hardware: string
  site: string | null
  isRented: boolean
  hours: number | null
  mg: bigint | null
}

const knownSum = <T,>(before: T | null | undefined, more: T | null, add: (a: T, b: T) => T): T | null =>
  more === null ? (before ?? null) : before === null || before === undefined ? more : add(before, more)

/** Months of one hardware at one place together. */
const heldOf = (uses: readonly HardwareUse[]): Held[] => {
  const byPlace = new Map<string, Held>()
  for (const use of uses) {
    const id = `${use.hardware_key} ${use.site} ${use.is_rented}`
    const held = byPlace.get(id)
    byPlace.set(id, {
      id,
      hardware: use.hardware,
      site: use.site,
      isRented: use.is_rented,
      hours: knownSum(held?.hours, use.device_hours, (a, b) => a + b),
      mg: knownSum(held?.mg, use.embodied_mg, (a, b) => a + b),
    })
  }
  return [...byPlace.values()].sort(
    (a, b) => Number(a.isRented) - Number(b.isRented) || (b.hours ?? 0) - (a.hours ?? 0),
  )
}

/** Machines that workloads held and no asset stands for: rented, or not entered yet. */
export function UnregisteredPanel({
  uses,
  org,
  canEdit,
  span,
}: {
  uses: readonly HardwareUse[]
  org: string
  canEdit: boolean
  span: Span
}) {
  const held = heldOf(uses)
  const missing = held.filter(({ isRented }) => !isRented)
  const unit = massUnitOf(held.map(({ mg }) => mg))
  return (
    <Panel
      span={span}
      title={
        held.length === 0
          ? 'Every machine that workloads held is in the register'
          : missing.length === 0
            ? `Beside the register: ${counted(held.length, 'rented machine type')}`
            : `${counted(missing.length, 'machine type')} held without an asset`
      }
      meta="Amortised with the factor library’s value where it has one. Rented machines belong to somebody else’s register"
    >
      {held.length > 0 && (
        <DataTable
          caption="Hardware without an asset"
          density={28}
          columns={[
            { key: 'hardware', label: 'Hardware' },
            { key: 'site', label: 'Site' },
            { key: 'what', label: 'Why' },
            { key: 'hours', label: 'Device-hours', align: 'right', plain: 'time' },
            { key: 'mg', label: 'Amortised', unit: `${unit} CO2e`, align: 'right', plain: 'part' },
          ]}
          rows={held.map((one) => {
            const query = new URLSearchParams({ hardware: one.hardware, ...(one.site ? { site: one.site } : {}) })
            return {
              id: one.id,
              cells: {
                hardware: { text: shortened(one.hardware, 24), why: one.hardware },
                site:
                  one.site === null
                    ? { text: null, why: 'The sender named no site' }
                    : { text: one.site, node: <span className="whitespace-nowrap">{one.site}</span> },
                what: one.isRented
                  ? { text: 'Rented', muted: true }
                  : canEdit
                    ? { text: 'Enter it', href: `/o/${org}/hardware/new?${query}` }
                    : 'Not entered',
                hours:
                  one.hours === null
                    ? { text: null, why: 'No count is sent' }
                    : { text: formatCount(Math.round(one.hours)), sort: one.hours },
                mg: massIn(one.mg, unit) ?? { text: null, why: 'The library knows no embodied value' },
              },
            }
          })}
        />
      )}
    </Panel>
  )
}
