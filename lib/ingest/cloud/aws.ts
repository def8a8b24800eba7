import {
  type DecodedFootprint,
  mgOf,
  mgPerUnit,
  monthOf,
  named,
  nameOrNull,
  RowFault,
  readRows,
  refuseRepeats,
} from './footprint-line'
import { readTable, refuseFile, type TableRow } from './table-file'

/** AWS Data Exports, table CARBON_EMISSIONS: one row per account, product and region of a month, each value with its unit beside it. */

const REQUIRED = [
  'model_version',
  'usage_account_id',
  'usage_period_start',
  'total_lbm_emissions_unit',
  'total_lbm_emissions_value',
  'total_mbm_emissions_unit',
  'total_mbm_emissions_value',
]

/** `total_scope_2_lbm_emissions` → mg; a value without a unit is refused. Columns of scopes came with model version 3. @throws RowFault */
const measured = (row: TableRow, name: string): bigint | null => {
  const [value, unit] = [row[`${name}_value`] ?? null, row[`${name}_unit`] ?? null]
  if (value === null) return null
  if (unit === null) throw new RowFault(`${name}_unit`, 'is empty: the value has no unit')
  const mgPer = mgPerUnit(unit)
  if (mgPer === null)
    throw new RowFault(`${name}_unit`, `${unit.slice(0, 40)} is no unit of emissions that is known here`)
  return mgOf(value, mgPer, `${name}_value`)
}

/** @throws AppError invalid_input: a file that is no such export */
export const decodeAws = (text: string): DecodedFootprint => {
  const { columns, rows } = readTable(text)
  const missing = REQUIRED.filter((name) => !columns.includes(name))
  if (missing.length > 0) refuseFile(`is no CARBON_EMISSIONS export of AWS: it lacks ${missing.join(', ')}`)
  return refuseRepeats(
    readRows(rows, (row, line) => {
      const totalLocationMg = measured(row, 'total_lbm_emissions')
      const totalMarketMg = measured(row, 'total_mbm_emissions')
      if (totalLocationMg === null && totalMarketMg === null) throw new RowFault(null, 'has no total')
      return {
        line,
        account: named(row.usage_account_id, 'usage_account_id'),
        accountName: null,
        month: monthOf(row.usage_period_start ?? null, 'usage_period_start'),
        service: nameOrNull(row.product_code),
        // Global services have a location and no region.
        region: nameOrNull(row.region_code) ?? nameOrNull(row.location),
        modelVersion: named(row.model_version, 'model_version'),
        scope1Mg: measured(row, 'total_scope_1_emissions'),
        scope2LocationMg: measured(row, 'total_scope_2_lbm_emissions'),
        scope2MarketMg: measured(row, 'total_scope_2_mbm_emissions'),
        scope3Mg: measured(row, 'total_scope_3_lbm_emissions'),
        totalLocationMg,
        totalMarketMg,
        givenUnit: row.total_lbm_emissions_unit ?? row.total_mbm_emissions_unit ?? '',
      }
    }),
  )
}
