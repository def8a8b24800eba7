import { monthLabel, type StageMonth } from '@/components/charts/stacked-months-data'
import { type DisplayStage, displayStage, STAGE_LABEL } from '@/components/charts/stages'
import type { MonthStage } from '@/lib/rollups/stages-by-month'
import { formatMass, formatPercent } from '@/lib/units/format'
import { kilogramsOf, sumOf } from './amounts'

/** First days of the 13 months up to now and of the month after them. */
export const thirteenMonths = (today: string): { from: string; to: string } => {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = (offset: number) => new Date(Date.UTC(year, month - 1 + offset, 1)).toISOString().slice(0, 10)
  return { from: first(-12), to: first(1) }
}

export interface MonthsView {
  months: StageMonth[]
  /** Computed from the same rows. */
  title: string
  /** Hours with and without a figure in the months shown. */
  knownHours: number
  gapHours: number
}

const groupOf = (stage: string | null): DisplayStage =>
  stage === null ? 'unassigned' : (displayStage(stage) ?? 'unassigned')

/** Rows of month × stage → stacked months by what charts show; months before the first with data are left out. */
export const monthsView = (rows: MonthStage[], { from, to }: { from: string; to: string }): MonthsView => {
  const exact = new Map<string, Map<DisplayStage, bigint | null>>()
  for (const row of rows) {
    const month = exact.get(row.month) ?? new Map<DisplayStage, bigint | null>()
    exact.set(row.month, month)
    const group = groupOf(row.stage)
    month.set(group, sumOf([month.get(group) ?? null, row.location_mg]))
  }
  const first = rows[0]?.month
  const names: string[] = []
  for (let at = new Date(`${from}T00:00:00Z`); at.toISOString().slice(0, 10) < to; at.setUTCMonth(at.getUTCMonth() + 1))
    names.push(at.toISOString().slice(0, 7))
  const months = names
    .filter((month) => first !== undefined && month >= first)
    .map((month) => ({
      month,
      mass_kg: Object.fromEntries([...(exact.get(month) ?? [])].map(([group, mg]) => [group, kilogramsOf(mg)])),
      provisional: rows.some((row) => row.month === month && row.provisional),
    }))
  return {
    months,
    title: titleOf(exact),
    knownHours: rows.reduce((all, row) => all + row.known_hours, 0),
    gapHours: rows.reduce((all, row) => all + row.gap_hours, 0),
  }
}

const titleOf = (exact: Map<string, Map<DisplayStage, bigint | null>>): string => {
  const sums = [...exact].map(([month, groups]) => ({ month, groups, mg: sumOf([...groups.values()]) ?? 0n }))
  const most = sums.reduce<(typeof sums)[number] | undefined>(
    (top, one) => (top && top.mg >= one.mg ? top : one),
    undefined,
  )
  const mass = most && most.mg > 0n ? formatMass(most.mg) : null
  if (!most || !mass) return 'No month has a figure yet'
  const [stage, mg] = [...most.groups].reduce((top, one) => ((one[1] ?? 0n) > (top[1] ?? 0n) ? one : top))
  const name = stage === 'unassigned' ? 'unassigned energy' : STAGE_LABEL[stage].toLowerCase()
  const share = formatPercent(Number(mg ?? 0n) / Number(most.mg))
  const where =
    sums.length === 1
      ? `${monthLabel(most.month, 'long')}:`
      : `${monthLabel(most.month, 'long')} was the highest month,`
  return `${where} ${mass.value}\u202f${mass.unit}; ${name} is ${share} of it`
}
