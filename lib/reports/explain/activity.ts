import { statedMassOf } from '@/lib/accounting/gases/activity-mass'
import { addressOfTarget, type ExplainTarget, factorAddress } from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainInput, ExplainTerm, Product } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { type ActivityRevision, activityPart, activityRevisions } from '@/lib/rollups/explain-activity'
import { amountIn, massPerOf } from '@/lib/units/amounts'
import { formatDay, threeFigures } from '@/lib/units/format'
import { STATUS_WORDS } from '../words'
import { digits, figureOf, halfText, inWords } from './amounts'
import { BARE } from './answer'

type Target = Extract<ExplainTarget, { kind: 'activity' }>

/** What the line emits, or its fuel upstream: which factor, in which unit it was multiplied, and the ledger's integer. */
interface Side {
  exact: bigint | null
  factor: { id: string; version: number; name: string | null; unit: string | null; value: number | null } | null
  kgPerUnit: number | null
}

const sideOf = (row: ActivityRevision, measure: Target['measure']): Side =>
  measure === 'upstream'
    ? {
        exact: row.upstream_mg,
        factor:
          row.upstream_factor_id === null || row.upstream_factor_version === null
            ? null
            : {
                id: row.upstream_factor_id,
                version: row.upstream_factor_version,
                name: row.upstream_name,
                unit: row.upstream_unit,
                value: row.upstream_value,
              },
        kgPerUnit:
          row.upstream_value === null || !row.upstream_unit ? null : perUnit(row.upstream_value, row.upstream_unit),
      }
    : {
        exact: row.mg,
        factor:
          row.factor_id === null || row.factor_version === null
            ? null
            : {
                id: row.factor_id,
                version: row.factor_version,
                name: row.factor_name,
                unit: row.factor_unit,
                value: row.factor_value,
              },
        kgPerUnit: row.kg_per_unit,
      }

const perUnit = (value: number, unit: string): number | null => {
  const mass = massPerOf(unit)
  return mass === null ? null : value * mass.kg
}

/** The very multiplication of the register, where it can be told again; else what was stated. */
const productOf = (row: ActivityRevision, { exact, factor, kgPerUnit }: Side): Product => {
  const per = factor?.unit ? massPerOf(factor.unit)?.per : undefined
  // A refrigerant's factor is a warming potential: kg CO2e per kg.
  const quantity = amountIn(row.quantity, row.unit, per ?? (row.kind === 'refrigerant' ? 'kg' : row.unit))
  if (exact === null || kgPerUnit === null || quantity === null) return { by: 'given' }
  return statedMassOf(quantity * kgPerUnit) === exact
    ? { by: 'activity', quantity, kg_per_unit: kgPerUnit }
    : { by: 'given' }
}

/** One non-electric line; null for what is not the organisation's. */
export const explainActivity = async (tx: OrgTx, target: Target): Promise<ExplainAnswer | null> => {
  const revisions = await activityRevisions(tx, target.id)
  const current = revisions.find((row) => row.is_current) ?? revisions[0]
  if (!current) return null
  const side = sideOf(current, target.measure)
  const product = productOf(current, side)
  const { within, measure } = target
  const part = within === null ? null : await activityPart(tx, { id: target.id, measure, ...within })
  const exact = within === null ? side.exact : (part?.exact ?? null)
  const whole: ExplainTerm = {
    label: current.name,
    product,
    exact: side.exact?.toString() ?? null,
    address: null,
    count: null,
    note: product.by === 'given' && side.exact !== null ? statedWords(current) : null,
  }
  const outside: ExplainTerm[] =
    part === null || part.exact === null || side.exact === null || part.exact === side.exact
      ? []
      : [
          {
            ...whole,
            label: `Of other days: ${part.days - part.daysInside} of ${part.days}`,
            product: { by: 'given' },
            exact: (part.exact - side.exact).toString(),
            note: 'spread evenly over its days',
          },
        ]
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: measure === 'upstream' ? `${current.name}: upstream of the fuel` : current.name,
    context: [
      `${formatDay(current.starts_on)} up to, not including, ${formatDay(current.ends_on)}`,
      current.scope === 3 ? `Scope 3 category ${current.category}` : `Scope ${current.scope}`,
      current.site,
      current.voided ? 'voided' : null,
    ]
      .filter(Boolean)
      .join('; '),
    sentence: sentenceOf(current, side, exact, product),
    figure: { ...figureOf(exact, 'mg'), ...widthOf(current, exact) },
    formula: {
      text: 'EM = activity × factor',
      clause: 'GHG Protocol Corporate Standard, ch. 6; METHOD §7',
      page: 'activities',
      method_versions: [],
    },
    inputs: inputsOf(current, side, product),
    derivation: { kind: 'sum', of: 'part', terms: exact === null ? [] : [whole, ...outside] },
    factors: side.factor
      ? [
          {
            id: side.factor.id,
            version: side.factor.version,
            name: side.factor.name ?? side.factor.id,
            role: 'emission factor',
            value: side.factor.value,
            least: null,
            most: null,
            unit: side.factor.unit,
            basis: null,
            source: measure === 'upstream' ? (current.upstream_source ?? '') : (current.factor_source ?? ''),
            source_url: null,
            licence: measure === 'upstream' ? null : current.factor_licence,
            status: measure === 'upstream' ? null : current.factor_status,
            sha256: null,
            hours: null,
            address: factorAddress(side.factor.id, side.factor.version),
          },
        ]
      : [],
    revisions: revisions.map((row) => ({
      revision: row.revision,
      is_current: row.is_current,
      status: row.voided ? 'voided' : row.is_current ? 'current' : 'superseded',
      posted_at: row.recorded_at,
      method_version: row.gwp_set,
      input_sha256: null,
      exact: sideOf(row, measure).exact?.toString() ?? null,
      note: row.note,
    })),
    facts: factsOf(current),
  }
}

const statedWords = (row: ActivityRevision): string =>
  row.primary_data ? `as ${row.supplier ?? 'the supplier'} stated it` : 'as it stands in the register'

const sentenceOf = (row: ActivityRevision, side: Side, exact: bigint | null, product: Product): string => {
  if (exact === null) return `${row.name} has no figure: it has no factor and no stated total`
  if (product.by !== 'activity') return `${inWords(exact, 'mg')}, ${statedWords(row)}`
  const told = side.factor ? `, by ${side.factor.name ?? side.factor.id}` : ''
  return `${inWords(exact, 'mg')} = ${threeFigures(row.quantity)}\u202f${row.unit} × ${threeFigures(product.kg_per_unit)}\u202fkg CO2e${told}`
}

const widthOf = (row: ActivityRevision, exact: bigint | null) =>
  exact === null || row.u95 === null ? {} : { interval: halfText(Number(exact) * row.u95, exact, 'mg'), u95: row.u95 }

const inputsOf = (row: ActivityRevision, side: Side, product: Product): ExplainInput[] => {
  const plain = { tier: null, tier_of: null, source: null, address: null, result: null } as const
  const total: ExplainInput = {
    ...plain,
    operator: product.by === 'activity' ? '=' : '',
    name: row.name,
    value: side.exact === null ? null : digits(Number(side.exact) / 1e6),
    unit: 'kg CO2e',
    result: 'total',
  }
  if (product.by !== 'activity') return [total]
  return [
    {
      ...plain,
      operator: '',
      name: product.quantity === row.quantity ? 'Quantity' : `Quantity, told as ${row.quantity} ${row.unit}`,
      value: digits(product.quantity),
      unit: product.quantity === row.quantity ? row.unit : (massPerOf(side.factor?.unit ?? '')?.per ?? row.unit),
      source: row.evidence ?? row.supplier,
    },
    {
      ...plain,
      operator: '×',
      name: side.factor?.name ?? 'Factor',
      value: digits(product.kg_per_unit),
      unit: 'kg CO2e',
      source: side.factor ? `${side.factor.id}@${side.factor.version}` : null,
      address: side.factor ? factorAddress(side.factor.id, side.factor.version) : null,
    },
    total,
  ]
}

const factsOf = (row: ActivityRevision): ExplainAnswer['facts'] => {
  const fact = (name: string, value: string | null) => (value === null ? [] : [{ name, value, href: null }])
  return [
    ...fact('Kind', row.kind.replaceAll('_', ' ')),
    ...fact('Quantity', `${row.quantity} ${row.unit}`),
    ...fact('Supplier', row.supplier),
    ...fact('Evidence', row.evidence),
    ...fact('Primary data', row.primary_data ? 'yes' : 'no'),
    ...fact('GWP set', row.gwp_set),
    ...fact(
      'Factor status',
      row.factor_status === null ? null : (STATUS_WORDS[row.factor_status] ?? row.factor_status),
    ),
    ...fact('Note', row.note),
    ...fact('Recorded by', row.recorded_by),
  ]
}
