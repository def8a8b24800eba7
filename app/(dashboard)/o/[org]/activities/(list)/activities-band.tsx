import { KpiBand } from '@/components/figures/kpi-band'
import type { ActivityLine } from '@/lib/contracts/activity-lines'
import { formatPercent, threeFigures } from '@/lib/units/format'

/** Exact to the milligram: kilograms of a line have six decimals. */
const milligrams = (kg: number | null): bigint | null => (kg === null ? null : BigInt(Math.round(kg * 1e6)))

const sumOf = (lines: readonly ActivityLine[], of: (line: ActivityLine) => number | null): bigint | null => {
  const known = lines.map((line) => milligrams(of(line))).filter((mg) => mg !== null)
  return known.length === 0 ? null : known.reduce((sum, mg) => sum + mg, 0n)
}
const tonnes = (mg: bigint | null): string | null => (mg === null ? null : threeFigures(Number(mg) / 1e9))

/** What stands in Scope 1 and 3 apart from electricity, whole lines. */
export function ActivitiesBand({ lines }: { lines: readonly ActivityLine[] }) {
  const of = (scope: number, but: readonly number[] = []) =>
    lines.filter((line) => line.scope === scope && !but.includes(line.category ?? 0))
  const scope1 = sumOf(of(1), (line) => line.kg)
  const fugitive = sumOf(
    lines.filter((line) => line.kind === 'refrigerant'),
    (line) => line.kg,
  )
  const scope3 = sumOf(of(3), (line) => line.kg)
  const upstream = sumOf(lines, (line) => line.upstream_kg)
  const primary = sumOf(
    of(3).filter((line) => line.primary_data),
    (line) => line.kg,
  )
  const biogenic = sumOf(lines, (line) => line.biogenic_kg)
  return (
    <KpiBand
      hero={{
        label: 'Scope 1',
        value: tonnes(scope1),
        unit: 't CO2e',
        why: 'No fuel and no refrigerant in these days',
        note:
          fugitive === null ? undefined : (
            <>
              of it refrigerants <b>{tonnes(fugitive)} t</b>
            </>
          ),
      }}
      items={[
        {
          label: 'Upstream of fuels',
          value: tonnes(upstream),
          unit: 't CO2e',
          why: 'No fuel with a known upstream',
          note: 'Scope 3, category 3',
        },
        {
          label: 'Other Scope 3 lines',
          value: tonnes(scope3),
          unit: 't CO2e',
          why: 'No purchase, waste or water in these days',
        },
        {
          label: 'Primary data',
          value:
            formatPercent(scope3 === null || scope3 === 0n ? null : Number(primary ?? 0n) / Number(scope3))?.replace(
              /\u202f%$/,
              '',
            ) ?? null,
          unit: '%',
          why: 'No Scope 3 line',
          note: 'of these lines, by mass',
        },
        {
          label: 'Biogenic',
          value: tonnes(biogenic),
          unit: 't CO2',
          why: 'Nobody told any',
          note: 'outside the scopes',
        },
      ]}
    />
  )
}
