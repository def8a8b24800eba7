import type { Column, Row } from '../tables/cells'
import type { ChartTable } from './chart-panel'
import { type DisplayStage, STAGE_LABEL, STAGE_ORDER } from './stages'
import { shortMonth } from './ticks'

export interface StageMonth {
  /** `2026-01` */
  month: string
  /** null or absent = no figure for that stage in that month. */
  mass_kg: Partial<Record<DisplayStage, number | null>>
  previousMass_kg?: number | null
  budgetMass_kg?: number | null
  /** Later readings may change this month. */
  provisional?: boolean
}

export type ChartMass = 'g' | 'kg' | 't'
const KG: Record<ChartMass, number> = { g: 0.001, kg: 1, t: 1000 }

export const monthTotal_kg = (month: StageMonth): number | null => {
  const known = Object.values(month.mass_kg).filter((mass) => typeof mass === 'number')
  return known.length === 0 ? null : known.reduce((all, mass) => all + mass, 0)
}

/** One unit for the axis, the legend and the table: the one in which the largest month reads well. */
export const unitFor = (months: readonly StageMonth[]): ChartMass => {
  const most_kg = Math.max(0, ...months.flatMap((month) => [monthTotal_kg(month) ?? 0, month.previousMass_kg ?? 0]))
  return most_kg >= 1000 ? 't' : most_kg >= 1 || most_kg === 0 ? 'kg' : 'g'
}

export const inUnit = (mass_kg: number, unit: ChartMass): number => mass_kg / KG[unit]

export const stagesIn = (months: readonly StageMonth[]): DisplayStage[] =>
  STAGE_ORDER.filter((stage) => months.some((month) => typeof month.mass_kg[stage] === 'number'))

export const monthLabel = (month: string, style: 'short' | 'long' = 'short'): string =>
  shortMonth(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'UTC',
      month: 'short',
      ...(style === 'long' ? { year: 'numeric' } : {}),
    }).format(new Date(`${month}-01T00:00:00Z`)),
  )

/** `cumulative`: each month holds all before it, so that months have no total. */
export const stackTable = (
  months: readonly StageMonth[],
  unit: ChartMass,
  previousLabel?: string,
  cumulative = false,
): ChartTable => {
  const stages = stagesIn(months)
  const scaled = (mass_kg: number | null | undefined) => (typeof mass_kg === 'number' ? inUnit(mass_kg, unit) : null)
  const columns: Column[] = [
    { key: 'month', label: 'Month' },
    ...stages.map((stage): Column => ({ key: stage, label: STAGE_LABEL[stage], unit, align: 'right' })),
    { key: 'total', label: 'Total', unit, align: 'right' },
    ...(previousLabel ? [{ key: 'previous', label: previousLabel, unit, align: 'right' } as const] : []),
  ]
  const rows: Row[] = months.map((month) => ({
    id: month.month,
    cells: {
      month: {
        text: monthLabel(month.month, 'long') + (month.provisional ? ', provisional' : ''),
        sort: month.month,
      },
      ...Object.fromEntries(stages.map((stage) => [stage, scaled(month.mass_kg[stage])])),
      total: scaled(monthTotal_kg(month)),
      previous: scaled(month.previousMass_kg),
    },
  }))
  const sum = (stage: DisplayStage) => months.reduce((all, month) => all + (month.mass_kg[stage] ?? 0), 0)
  const total: Row = {
    id: 'total',
    cells: {
      month: 'Total',
      ...Object.fromEntries(stages.map((stage) => [stage, inUnit(sum(stage), unit)])),
      total: inUnit(
        stages.reduce((all, stage) => all + sum(stage), 0),
        unit,
      ),
    },
  }
  return cumulative ? { columns, rows } : { columns, rows, total }
}
