import { type OwnFactorFields, ownFactorFieldsSchema, PLACED_KINDS } from '@/lib/contracts/factors'
import type { ReferenceTables } from '@/lib/factors/reference-tables'

/** What an organisation's own factor must be, beyond its shape. PURE. */

const UNITS: Partial<Record<OwnFactorFields['kind'], RegExp>> = {
  'grid-direct-year': /^g\/kWh$/,
  'grid-lifecycle-year': /^g\/kWh$/,
  'residual-mix': /^g\/kWh$/,
  'grid-upstream': /^g\/kWh$/,
  technology: /^g\/kWh$/,
  'grid-loss': /^(fraction of generation|g\/kWh)$/,
  pue: /^ratio$/,
  wue: /^L\/kWh$/,
  'source-water': /^L\/kWh$/,
  fuel: /^kg\/.+$/,
  'fuel-upstream': /^kg\/.+$/,
  'water-supply': /^kg\/.+$/,
  'end-of-life': /^kg\/t$/,
  embodied: /^kg(\/device)?$/,
  gwp: /^kg\/kg$/,
  accelerator: /^W$/,
  cpu: /^W$/,
}

const unitsTold: Partial<Record<OwnFactorFields['kind'], string>> = {
  'grid-loss': 'fraction of generation, or g/kWh',
  fuel: 'kg per unit of the fuel, such as kg/l',
  'fuel-upstream': 'kg per unit of the fuel, such as kg/l',
  embodied: 'kg/device, or kg for a whole server',
}

const LIFECYCLE_REFUSED =
  'A life-cycle intensity holds upstream emissions that belong to Scope 3 category 3, so it is refused in Scope 2. Enter it with the kind grid-lifecycle-year: it is then shown as a screening figure.'

type Refuse = (field: keyof OwnFactorFields, message: string) => void

const judgeBasis = (fields: OwnFactorFields, refuse: Refuse): void => {
  const { kind, basis } = fields
  if (kind === 'grid-direct-year' && basis === 'lifecycle') refuse('basis', LIFECYCLE_REFUSED)
  else if (kind === 'grid-direct-year' && basis !== 'direct') refuse('basis', 'must be direct')
  if (kind === 'residual-mix' && basis === 'lifecycle') refuse('basis', LIFECYCLE_REFUSED)
  else if (kind === 'residual-mix' && basis !== 'residual' && basis !== 'supplier')
    refuse('basis', 'must be residual or supplier')
  if (kind === 'grid-lifecycle-year' && basis !== 'lifecycle') refuse('basis', 'must be lifecycle')
}

const judgeValue = ({ kind, value, unit }: OwnFactorFields, refuse: Refuse): void => {
  if (kind === 'pue' && value < 1) refuse('value', 'must be at least 1: a facility draws what its equipment draws')
  if (kind === 'pue' && value > 5) refuse('value', 'must be at most 5')
  if (kind === 'grid-loss' && unit !== 'g/kWh' && value >= 1)
    refuse('value', 'must be below 1: a share of generation, 0.05 for 5 %')
  if (unit === 'g/kWh' && value > 3000) refuse('value', 'is above 3,000 g/kWh: no grid is; is it in another unit?')
}

export const ownFactorSchema = (tables: ReferenceTables) =>
  ownFactorFieldsSchema.superRefine((fields, context) => {
    const refuse: Refuse = (field, message) => context.addIssue({ code: 'custom', path: [field], message })
    const unit = UNITS[fields.kind]
    if (unit && !unit.test(fields.unit))
      refuse('unit', `must be ${unitsTold[fields.kind] ?? unit.source.replace(/[\^$\\]/g, '')}`)
    judgeBasis(fields, refuse)
    judgeValue(fields, refuse)
    const overridden = fields.overrides === null ? null : tables.factors.get(fields.overrides)
    if (fields.overrides !== null && !overridden) refuse('overrides', 'is no factor of the library')
    if (overridden && overridden.kind !== fields.kind)
      refuse('kind', `must be ${overridden.kind}, as what it overrides`)
    if (fields.overrides === null && PLACED_KINDS.includes(fields.kind)) {
      if (fields.zone === null) refuse('zone', 'must say which grid zone or country it is of')
      if (fields.year === null && fields.kind !== 'grid-loss' && fields.kind !== 'source-water')
        refuse('year', 'must say of which year it is')
    }
    if (fields.overrides === null && !PLACED_KINDS.includes(fields.kind) && fields.subject === null)
      refuse('subject', 'must say what it is of')
    if (fields.zone !== null && !isPlace(tables, fields.zone)) refuse('zone', 'is no zone or country that is known')
    if (fields.valid_from !== null && fields.valid_to !== null && fields.valid_to <= fields.valid_from)
      refuse('valid_to', 'must be after valid_from: it is the first day outside')
  })

const isPlace = (tables: ReferenceTables, zone: string): boolean =>
  tables.zones.has(zone.toUpperCase()) ||
  tables.countryAliases.has(zone.toUpperCase()) ||
  tables.factorsByZone.has(zone)
