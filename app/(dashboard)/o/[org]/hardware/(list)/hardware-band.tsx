import { KpiBand } from '@/components/figures/kpi-band'
import { boundsOf } from '@/lib/accounting/uncertainty/bounds'
import { spreadOf } from '@/lib/accounting/uncertainty/spread'
import { type HardwareMeasure, hardwareAddress } from '@/lib/contracts/explain'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { formatCount, formatMass, formatPercent, threeFigures } from '@/lib/units/format'
import { massIn } from '../../runs/_shared/amounts'
import { counted } from '../../runs/_shared/words'
import { groupOf, shareWords, sumOfBooks, u95Of } from '../_shared/words'

/** `166 to 305 t`: what was bought of one source errs together. */
const intervalOf = (books: readonly AssetBook[], of: (book: AssetBook) => bigint | null): string | null => {
  const parts = books.flatMap((book) => {
    const amount = of(book)
    return amount === null || amount === 0n
      ? []
      : [{ source: 'embodied', group: groupOf(book.asset), amount, u95: u95Of(book.asset) }]
  })
  const sum = sumOfBooks(books, of)
  const figure = formatMass(sum)
  if (sum === null || sum === 0n || figure === null) return null
  const { low, high } = boundsOf(spreadOf(parts).half / Number(sum))
  const at = (factor: number) => threeFigures((massIn(sum, figure.unit as 't') as number) * factor)
  return `${at(low)} to ${at(high)}\u202f${figure.unit}`
}

export interface HardwareBandProps {
  window: readonly AssetBook[]
  days: { from: string; to: string }
  range: string
}

export function HardwareBand({ window, days, range }: HardwareBandProps) {
  const explained = (measure: HardwareMeasure, mg: bigint | null) =>
    mg === null ? {} : { explain: hardwareAddress(measure, days), exact: mg }
  const ranOff = sumOfBooks(window, (book) => book.run_off_mg)
  const carried = sumOfBooks(
    window.filter((book) => book.run_off_mg !== null),
    (book) => book.allocated_mg,
  )
  const idle = sumOfBooks(window, (book) => book.idle_mg)
  const left = sumOfBooks(window, (book) => book.left_mg)
  const whole = sumOfBooks(window, (book) => book.whole_mg)
  const named = window.filter((book) => book.used_hours !== null && book.available_hours > 0)
  const used = named.reduce((sum, book) => sum + (book.used_hours as number), 0)
  const available = named.reduce((sum, book) => sum + book.available_hours, 0)
  const mass = (mg: bigint | null) => formatMass(mg) ?? { value: null, unit: undefined }
  const co2e = (unit: string | undefined) => unit && `${unit} CO2e`
  const unknown = window.filter((book) => book.whole_mg === null).length
  const bought = formatMass(whole)
  return (
    <KpiBand
      items={[
        {
          label: 'Ran off, amortised',
          ...explained('run-off', ranOff),
          value: mass(ranOff).value,
          unit: co2e(mass(ranOff).unit),
          why: 'No asset with a known embodied value was in service',
          note: [range, intervalOf(window, (book) => book.run_off_mg)].filter(Boolean).join('; 95\u202f%: '),
        },
        {
          label: 'Carried by workloads',
          ...explained('carried', carried),
          value: mass(carried).value,
          unit: co2e(mass(carried).unit),
          why: 'No asset with a known embodied value was in service',
          note: shareWords(carried, ranOff) ? `${shareWords(carried, ranOff)} of what ran off` : undefined,
        },
        {
          label: 'Idle',
          ...explained('idle', idle),
          value: mass(idle).value,
          unit: co2e(mass(idle).unit),
          why: 'No asset with a known embodied value was in service',
          note: shareWords(idle, ranOff) ? `${shareWords(idle, ranOff)} of what ran off` : undefined,
        },
        {
          label: 'Left to run off',
          ...explained('left', left),
          value: mass(left).value,
          unit: co2e(mass(left).unit),
          why: 'No asset with a known embodied value is in service',
          note: bought
            ? `of ${bought.value}\u202f${bought.unit} bought${unknown > 0 ? `; ${counted(unknown, 'asset')} unknown` : ''}`
            : undefined,
        },
        {
          label: 'Utilisation',
          plain: 'time',
          value: available === 0 ? null : (formatPercent(used / available)?.replace(/\u202f%$/, '') ?? null),
          unit: '%',
          why: 'No workload names registered hardware',
          note:
            available === 0
              ? undefined
              : `${formatCount(Math.round(used))} of ${formatCount(Math.round(available))} device-hours`,
        },
      ]}
    />
  )
}
