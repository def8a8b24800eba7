'use client'
import { inputClass } from '../ui/field'

export interface WidthsTableProps {
  kinds: readonly { kind: string; label: string; defaults: Readonly<Record<string, number>> }[]
  /** What was typed, by `kind.tier`; empty is the default. */
  texts: Readonly<Record<string, string>>
  onChange: (key: string, text: string) => void
  wrong: readonly string[]
}

const TIERS = ['1', '2', '3', '4', '5'] as const

/** Half-widths of the 95 % interval in percent, by what is uncertain and how well it is known; the default is in each empty box. */
export function WidthsTable({ kinds, texts, onChange, wrong }: WidthsTableProps) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-table">
        <caption className="sr-only">Half-widths of the 95 % interval by kind and tier</caption>
        <thead>
          <tr>
            <th scope="col" className="border-b border-tick py-1 pr-3 text-left text-meta font-normal text-muted">
              ± %
            </th>
            {TIERS.map((tier) => (
              <th
                key={tier}
                scope="col"
                className="border-b border-tick py-1 pr-2 text-left text-meta font-normal text-muted last:pr-0"
              >
                Tier {tier}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, label, defaults }) => (
            <tr key={kind}>
              <th scope="row" className="border-b border-hairline py-1 pr-3 text-left font-normal whitespace-nowrap">
                {label}
              </th>
              {TIERS.map((tier) => {
                const key = `${kind}.${tier}`
                return (
                  <td key={tier} className="border-b border-hairline py-1 pr-2 last:pr-0">
                    <input
                      aria-label={`${label}, tier ${tier}, percent`}
                      aria-invalid={wrong.includes(key) || undefined}
                      value={texts[key] ?? ''}
                      onChange={(event) => onChange(key, event.currentTarget.value)}
                      placeholder={String(Math.round((defaults[tier] ?? 0) * 1000) / 10)}
                      inputMode="decimal"
                      autoComplete="off"
                      className={inputClass(wrong.includes(key), 'h-7 min-w-12')}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
