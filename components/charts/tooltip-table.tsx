import { UnitText } from '../figures/unit-text'

export interface TooltipLine {
  label: string
  /** Formatted with its unit; null prints "no data". */
  value: string | null
  color?: string
  note?: string
}

export const tooltipClass = 'rounded-overlay bg-surface px-3 py-2.5 text-meta text-ink shadow-overlay'

/** The crosshair table of the component sheet. */
export function TooltipTable({ head, lines, foot }: { head: string; lines: readonly TooltipLine[]; foot?: string }) {
  return (
    <div className={tooltipClass}>
      <b className="font-semibold">{head}</b>
      <table className="mt-1.5 w-full border-collapse">
        <tbody>
          {lines.map((line) => (
            <tr key={line.label} className="[&:last-child>td]:border-0">
              <td className="h-6 border-b border-hairline pr-4 whitespace-nowrap">
                {line.color && (
                  <svg width="10" height="10" aria-hidden="true" className="mr-[7px] inline-block align-[-1px]">
                    <rect width="10" height="10" fill={line.color} />
                  </svg>
                )}
                {line.label}
              </td>
              <td className="h-6 border-b border-hairline text-right whitespace-nowrap">
                {line.value === null ? <span className="text-muted">no data</span> : <UnitText text={line.value} />}
              </td>
              {line.note && <td className="h-6 border-b border-hairline pl-3 text-muted">{line.note}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {foot && <p className="mt-1.5 text-muted">{foot}</p>}
    </div>
  )
}
