import type { CloudMonth } from '@/lib/contracts/cloud-footprints'
import { threeFigures } from '@/lib/units/format'

/** Months to choose from, each with what it would or does count. */
export function MonthChecks({
  months,
  chosen,
  figureOf,
  onChange,
}: {
  months: readonly CloudMonth[]
  chosen: readonly string[]
  figureOf: (month: CloudMonth) => number | null
  onChange: (chosen: string[]) => void
}) {
  return (
    <ul className="border-t border-hairline">
      {months.map((one) => {
        const kg = figureOf(one)
        return (
          <li key={one.month} className="border-b border-hairline">
            <label className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.5 py-1.5">
              <input
                type="checkbox"
                checked={chosen.includes(one.month)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked
                      ? [...chosen, one.month]
                      : chosen.filter((month) => month !== one.month),
                  )
                }
                className="mt-0.5 size-4 flex-none accent-accent"
              />
              <span>
                {one.month}
                <span className="block text-meta text-muted">{one.statement.why}</span>
              </span>
              <span className="tabular-nums">{kg === null ? '—' : `${threeFigures(kg)} kg`}</span>
            </label>
          </li>
        )
      })}
    </ul>
  )
}
