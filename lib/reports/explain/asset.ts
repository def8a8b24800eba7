import type { Asset } from '@/lib/contracts/assets'
import { addressOfTarget, type ExplainTarget, factorAddress, type HardwareMeasure } from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainInput, ExplainTerm } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { oneAsset } from '@/lib/registry/assets'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { endOfLifeFactors } from '@/lib/rollups/end-of-life'
import { formatCount, formatDay, threeFigures } from '@/lib/units/format'
import { bookedMg, endOfLifeMg } from '../statement-leaves'
import { digits, figureOf, halfText, inWords } from './amounts'
import { BARE } from './answer'
import { amountOfBook, BOOK_WORDS, booksIn } from './books'

type Target = Extract<ExplainTarget, { kind: 'asset' }>

const PLAIN = { tier: null, tier_of: null, source: null, address: null, result: null } as const

interface Part {
  title: string
  formula: string
  clause: string
  exact: bigint | null
  terms: ExplainTerm[]
  inputs: ExplainInput[]
  sentence: string
}

const find = async (orgId: string, id: string): Promise<Asset | null> => {
  try {
    return await oneAsset(orgId, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}

/** A row of the hardware register: what making it weighed, what stood idle, what its end weighed. Null for what is not the organisation's. */
export const explainAsset = async (
  tx: OrgTx,
  orgId: string,
  target: Target,
  now: number,
): Promise<ExplainAnswer | null> => {
  const asset = await find(orgId, target.id)
  if (!asset) return null
  const part =
    target.measure === 'embodied' || target.measure === 'booked'
      ? wholePart(asset, target.measure)
      : target.measure === 'end-of-life'
        ? await endPart(tx, asset)
        : await bookPart(tx, orgId, asset, target.measure, target.within, now)
  const width = asset.embodied_u95
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: part.title,
    context: [asset.name, asset.hardware, asset.site, asset.removed_at === null ? null : 'removed']
      .filter(Boolean)
      .join('; '),
    sentence: part.sentence,
    figure: {
      ...figureOf(part.exact, 'mg'),
      ...(part.exact === null || width === null
        ? {}
        : { interval: halfText(Number(part.exact) * width, part.exact, 'mg'), u95: width }),
    },
    formula: { text: part.formula, clause: part.clause, page: 'embodied', method_versions: [] },
    inputs: part.inputs,
    derivation: { kind: 'sum', of: 'part', terms: part.terms },
    facts: factsOf(asset),
  }
}

const term = (label: string, exact: bigint | null, more: Partial<ExplainTerm> = {}): ExplainTerm => ({
  label,
  product: { by: 'given' },
  exact: exact?.toString() ?? null,
  address: null,
  count: null,
  note: null,
  ...more,
})

const total = (name: string, exact: bigint | null): ExplainInput => ({
  ...PLAIN,
  operator: '=',
  name,
  value: exact === null ? null : digits(Number(exact) / 1e6),
  unit: 'kg CO2e',
  result: 'total',
})

/** TE of all its units: the value that is amortised, and that category 2 books whole in the year of purchase. */
const wholePart = (asset: Asset, measure: 'embodied' | 'booked'): Part => {
  const exact = bookedMg(asset)
  const title = measure === 'booked' ? `Capital goods of ${asset.purchased_on.slice(0, 4)}` : 'Embodied emissions'
  const [address] = asset.embodied_factor === null ? [null] : [factorOf(asset.embodied_factor)]
  return {
    title,
    formula: 'TE = units × TE of one unit',
    clause:
      measure === 'booked'
        ? 'GHG Protocol Scope 3 Standard, category 2: whole in the year of purchase'
        : 'ISO 14067, cradle to gate; METHOD §4',
    exact,
    terms:
      exact === null || asset.embodied_kg === null
        ? []
        : [
            term(asset.name, exact, {
              product: { by: 'activity', quantity: asset.units, kg_per_unit: asset.embodied_kg },
            }),
          ],
    inputs:
      asset.embodied_kg === null
        ? []
        : [
            { ...PLAIN, operator: '', name: 'Units', value: formatCount(asset.units), unit: '' },
            {
              ...PLAIN,
              operator: '×',
              name: 'Embodied, one unit',
              value: digits(asset.embodied_kg),
              unit: 'kg CO2e',
              source: asset.embodied_source,
              address,
            },
            total(title, exact),
          ],
    sentence:
      exact === null || asset.embodied_kg === null
        ? `${asset.name} has no figure: nobody entered what making it weighed`
        : `${inWords(exact, 'mg')} = ${formatCount(asset.units)} units × ${threeFigures(asset.embodied_kg)}\u202fkg CO2e, cradle to gate`,
  }
}

/** `embodied:…@2` → the address of that version. */
const factorOf = (reference: string): string | null => {
  const [, id, version] = /^(.+)@(\d+)$/.exec(reference) ?? []
  return id === undefined || version === undefined ? null : factorAddress(id, Number(version))
}

/** What happened to its embodied emissions in a window: the straight line, what workloads carried, what no workload did, what is left. */
const bookPart = async (
  tx: OrgTx,
  orgId: string,
  asset: Asset,
  measure: HardwareMeasure,
  within: Target['within'],
  now: number,
): Promise<Part> => {
  const { books, window } = await booksIn(tx, orgId, within, now)
  const book = books.find((one) => one.asset.asset_id === asset.asset_id)
  const exact = book ? amountOfBook(book, measure) : null
  const days =
    within === null
      ? `up to ${formatDay(window.to)}`
      : `${formatDay(window.from)} up to, not including, ${formatDay(window.to)}`
  const { title, formula } = BOOK_WORDS[measure]
  return {
    title,
    formula,
    clause: 'METHOD §4 and §5: straight line by hours; idle is shown, and never spread in silence',
    exact,
    terms: book ? bookTerms(book, measure) : [],
    inputs: [],
    sentence:
      exact === null
        ? `${asset.name}: no figure, nobody entered what making it weighed`
        : `${inWords(exact, 'mg')}, ${title.toLowerCase()}, ${days}`,
  }
}

const bookTerms = (book: AssetBook, measure: HardwareMeasure): ExplainTerm[] => {
  const { run_off_mg: ranOff, allocated_mg: carried, excess_mg: excess } = book
  const exact = amountOfBook(book, measure)
  if (exact === null) return []
  if (measure !== 'idle' || ranOff === null || carried === null) return [term(book.asset.name, exact)]
  return [
    term('Ran off, straight line by hours in service', ranOff),
    term('Booked to workloads', -carried),
    ...(excess === null || excess === 0n ? [] : [term('Held beyond what is registered', excess)]),
  ]
}

/** Mass × treatment, no credit for recycling. */
const endPart = async (tx: OrgTx, asset: Asset): Promise<Part> => {
  const factors = (await endOfLifeFactors(tx)).map((row) => ({ ...row, kgPerTonne: row.kg_per_tonne }))
  const factor = factors.find(({ retirement }) => retirement === asset.retirement)
  const exact = endOfLifeMg(asset, factors)
  const tonnes = asset.mass_kg === null ? null : (asset.units * asset.mass_kg) / 1000
  return {
    title: 'End of life',
    formula: 'EOL = mass × treatment',
    clause: 'GHG Protocol Scope 3 Standard, category 5; METHOD §4',
    exact,
    terms:
      exact === null || tonnes === null || !factor
        ? []
        : [term(asset.name, exact, { product: { by: 'activity', quantity: tonnes, kg_per_unit: factor.kgPerTonne } })],
    inputs:
      tonnes === null || !factor
        ? []
        : [
            { ...PLAIN, operator: '', name: 'Mass of all units', value: digits(tonnes), unit: 't' },
            {
              ...PLAIN,
              operator: '×',
              name: `Treatment, ${factor.retirement}`,
              value: digits(factor.kgPerTonne),
              unit: 'kg CO2e/t',
              source: `${factor.id}@${factor.version}`,
              address: factorAddress(factor.id, factor.version),
            },
            total('End of life', exact),
          ],
    sentence:
      exact === null || tonnes === null || !factor
        ? `${asset.name} has no figure: its mass or its treatment is not known`
        : `${inWords(exact, 'mg')} = ${threeFigures(tonnes)}\u202ft × ${threeFigures(factor.kgPerTonne)}\u202fkg CO2e/t, ${factor.retirement}`,
  }
}

const factsOf = (asset: Asset): ExplainAnswer['facts'] => {
  const fact = (name: string, value: string | null) => (value === null ? [] : [{ name, value, href: null }])
  return [
    ...fact('Hardware', asset.hardware),
    ...fact('Units', `${formatCount(asset.units)} of ${formatCount(asset.devices_per_unit)} devices`),
    ...fact('Purchased', formatDay(asset.purchased_on)),
    ...fact('In service since', formatDay(asset.in_service_on)),
    ...fact('Retired', asset.retired_on === null ? null : `${formatDay(asset.retired_on)}, ${asset.retirement}`),
    ...fact('Life', `${asset.life_years} years, planned use ${asset.planned_use}`),
    ...fact('Embodied basis', asset.embodied_basis),
    ...fact('Embodied source', asset.embodied_source),
    ...fact('Note', asset.note),
  ]
}
