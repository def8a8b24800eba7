import type { ExplainInput } from '@/lib/contracts/explain-answer'
import { type Tier, TierMark } from '../figures/tier-mark'
import { UnitText } from '../figures/unit-text'
import { cx } from '../ui/cx'
import { ExplainTo } from './explain-to'

/** The sum as a column: operator, name, value, unit, grade. Multiplying by hand gives the line below. */
export function ExplainColumn({ inputs }: { inputs: readonly ExplainInput[] }) {
  return (
    <table className="w-full border-collapse border-t border-rule text-table">
      <caption className="sr-only">How the figure comes about</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Operator</th>
          <th scope="col">Quantity</th>
          <th scope="col">Value</th>
          <th scope="col">Unit</th>
          <th scope="col">Grade</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <tr
            key={input.name}
            className={cx(
              'h-9 border-b',
              input.result === 'total' ? 'border-rule font-semibold' : 'border-hairline',
              input.result === 'between' && 'bg-sunken font-semibold',
            )}
          >
            <td className="w-6 pl-1 text-muted">{input.operator}</td>
            <td className="py-1 pr-3">
              <ExplainTo address={input.address}>
                <UnitText text={input.name} />
              </ExplainTo>
              {input.source && (
                <span
                  className="block max-w-40 truncate text-meta sm:max-w-64 font-normal text-muted"
                  title={input.source}
                >
                  {input.source}
                </span>
              )}
            </td>
            <td className="text-right whitespace-nowrap tabular-nums">{input.value ?? '—'}</td>
            <td className="w-16 pl-1.5 font-normal whitespace-nowrap text-muted">
              <UnitText text={input.unit} />
            </td>
            <td className="w-5 pr-1 text-right">
              {input.tier !== null && <TierMark tier={input.tier as Tier} of={input.tier_of ?? 'figure'} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
