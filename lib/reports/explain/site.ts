import { addressOfTarget, type ExplainTarget, siteAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer, ExplainInput } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { explainedReadings } from '@/lib/rollups/explain-readings'
import { siteSeries } from '@/lib/rollups/explain-site'
import { type SiteDay, siteDays } from '@/lib/rollups/site-days'
import { type SiteRatioMonth, siteRatioMonths } from '@/lib/rollups/site-ratio-months'
import { ratiosIn, type SiteRatio } from '@/lib/rollups/site-ratio-series'
import { type SiteSummary, siteSummaries } from '@/lib/rollups/sites'
import { formatDay, threeFigures } from '@/lib/units/format'
import { DAY, dayName, dayOf } from '@/lib/units/time'
import { digits } from './amounts'
import { BARE, type ExplainPage } from './answer'
import { READINGS_A_PAGE, wireReadings } from './readings'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'site' }>
type Pieces = Extract<Derivation, { kind: 'quotient' }>['pieces']

const WORDS: Record<
  Target['ratio'],
  { title: string; formula: string; clause: string; unit: string; above: string; below: string; page: string }
> = {
  pue: {
    title: 'PUE',
    formula: 'PUE = Σ E_facility ÷ Σ E_IT',
    clause: 'ISO/IEC 30134-2, energy-weighted; METHOD §2',
    unit: '',
    above: 'Facility energy',
    below: 'IT energy',
    page: 'facility',
  },
  cue: {
    title: 'CUE',
    formula: 'CUE = Σ CO2e ÷ Σ E_IT',
    clause: 'ISO/IEC 30134-8; METHOD §2',
    unit: 'kg/kWh',
    above: 'Emissions',
    below: 'IT energy',
    page: 'facility',
  },
  wue: {
    title: 'WUE',
    formula: 'WUE = Σ W ÷ Σ E_IT',
    clause: 'ISO/IEC 30134-9; METHOD §2',
    unit: 'L/kWh',
    above: 'Water',
    below: 'IT energy',
    page: 'water',
  },
  ref: {
    title: 'REF',
    formula: 'REF = Σ E_ren ÷ Σ E_DC, at most 1',
    clause: 'ISO/IEC 30134-3; METHOD §2',
    unit: '',
    above: 'Renewable energy',
    below: 'Facility energy',
    page: 'facility',
  },
  erf: {
    title: 'ERF',
    formula: 'ERF = Σ E_reuse ÷ Σ E_DC',
    clause: 'ISO/IEC 30134-6; METHOD §2',
    unit: '',
    above: 'Reused energy',
    below: 'Facility energy',
    page: 'facility',
  },
}

interface Shown {
  value: number | null
  source: string
  tier: number | null
  derivation: Derivation
}

const MOST_DAYS = 62

/** A ratio of a site: both sides by day or month, or what stands in for them. Null for a site that is not the organisation's. */
export const explainSite = async (
  tx: OrgTx,
  orgId: string,
  target: Target,
  page: ExplainPage,
): Promise<ExplainAnswer | null> => {
  const window = { from: target.from, to: target.to }
  const [site] = await siteSummaries(tx, window, target.site)
  if (!site) return null
  const words = WORDS[target.ratio]
  const { value, source, tier, derivation } =
    target.ratio === 'pue' || target.ratio === 'cue'
      ? meteredOf(target, site, await siteDays(tx, { siteId: site.site_id, ...window }))
      : monthlyOf(target, site, await siteRatioMonths(tx, { siteId: site.site_id, ...window }))
  const shown = value === null ? null : threeFigures(value)
  const isDay = dayOf(target.to) - dayOf(target.from) === DAY
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: `${words.title} of ${site.name}`,
    context: contextOf(window, {}),
    sentence:
      shown === null
        ? `No ${words.title}: one of its sides is not known`
        : `${words.title} ${shown}${words.unit ? `\u202f${words.unit}` : ''}${sidesOf(derivation)}, ${source}`,
    figure: {
      value: shown,
      unit: words.unit,
      number: value,
      exact: null,
      exact_unit: null,
      interval: null,
      low: null,
      high: null,
      u95: null,
    },
    formula: { text: words.formula, clause: words.clause, page: words.page, method_versions: [] },
    inputs: inputsOf(words, derivation, value, tier, source),
    derivation,
    readings: isDay
      ? wireReadings(
          await explainedReadings(
            orgId,
            { day: target.from, seriesIds: await siteSeries(tx, site.site_id) },
            { cursor: page.readingsAfter, limit: READINGS_A_PAGE },
          ),
        )
      : null,
    facts: [
      { name: 'Rests on', value: source, href: null },
      ...(site.zone === null ? [] : [{ name: 'Grid zone', value: site.zone, href: null }]),
    ],
    provisional: site.provisional,
  }
}

const sidesOf = (derivation: Derivation): string => {
  if (derivation.kind !== 'quotient') return ''
  const side = ({ amount, unit }: { amount: string | null; unit: string }) => readable(amount, unit)
  return ` = ${side(derivation.above)} ÷ ${side(derivation.below)}`
}

const SIZES: Record<string, [unit: string, size: number]> = { µWh: ['kWh', 1e9], 'mg CO2e': ['kg CO2e', 1e6] }
const readable = (amount: string | null, unit: string): string => {
  const [name, size] = SIZES[unit] ?? [unit, 1]
  return amount === null ? 'unknown' : `${threeFigures(Number(amount) / size)}\u202f${name}`
}

const nothing = (ratio: { value: number | null; source: string; tier: number | null }): Shown => ({
  ...ratio,
  derivation: { kind: 'none' },
})

/** PUE and CUE by the site's own hourly meters, over the hours in which both sides are known. */
const meteredOf = (target: Target, site: SiteSummary, days: readonly SiteDay[]): Shown => {
  const isPue = target.ratio === 'pue'
  if (isPue && site.overhead.basis !== 'metered')
    return nothing({ value: site.overhead.pue, source: site.overhead.source, tier: site.overhead.tier })
  const value = isPue ? site.overhead.pue : site.cue
  const source = site.it_from_workloads ? 'facility meter over the workloads’ energy' : 'facility meter over IT meter'
  if (value === null) return nothing({ value: null, source: 'no meter tells both sides', tier: null })
  const amounts = days.flatMap((day) => {
    const [above, below] = isPue ? [day.facility_uwh, day.it_uwh] : [day.cue_mg, day.cue_it_uwh]
    return above === null || below === null ? [] : [{ day: day.day, above, below }]
  })
  const [above, below] = isPue ? [site.paired_facility_uwh, site.paired_it_uwh] : [site.cue_mg, site.cue_it_uwh]
  const byMonth = amounts.length > MOST_DAYS
  return {
    value,
    source,
    tier: 1,
    derivation: {
      kind: 'quotient',
      above: {
        label: WORDS[target.ratio].above,
        amount: above?.toString() ?? null,
        unit: isPue ? 'µWh' : 'mg CO2e',
        address: null,
      },
      below: { label: WORDS[target.ratio].below, amount: below?.toString() ?? null, unit: 'µWh', address: null },
      scale: isPue ? 1 : 1000,
      of: byMonth ? 'month' : 'day',
      pieces: amounts.length > 1 ? (byMonth ? monthsOf(target, amounts) : daysOf(target, amounts)) : [],
    },
  }
}

interface Amount {
  day: string
  above: bigint
  below: bigint
}

const dayAfter = (day: string): string => dayName(dayOf(day) + DAY)

const daysOf = (target: Target, amounts: readonly Amount[]): Pieces =>
  amounts.map(({ day, above, below }) => ({
    label: formatDay(day),
    above: above.toString(),
    below: below.toString(),
    address: siteAddress(target.site, target.ratio, { from: day, to: dayAfter(day) }),
  }))

const monthsOf = (target: Target, amounts: readonly Amount[]): Pieces =>
  [...new Set(amounts.map(({ day }) => day.slice(0, 7)))].map((month) => {
    const days = amounts.filter(({ day }) => day.startsWith(month))
    const [first, last] = [days[0]?.day as string, days.at(-1)?.day as string]
    const sum = (of: 'above' | 'below') => days.reduce((all, day) => all + day[of], 0n).toString()
    return {
      label: month,
      above: sum('above'),
      below: sum('below'),
      address: siteAddress(target.site, target.ratio, { from: first, to: dayAfter(last) }),
    }
  })

const itOf = (month: SiteRatioMonth) => month.it_kwh ?? kwhOf(month.it_uwh)
const facilityOf = (month: SiteRatioMonth) => month.facility_kwh ?? kwhOf(month.facility_uwh)
const kwhOf = (uwh: bigint | null): number | null => (uwh === null ? null : Number(uwh) / 1e9)

/** WUE, REF and ERF by the months of which both sides are known. */
const monthlyOf = (target: Target, site: SiteSummary, months: readonly SiteRatioMonth[]): Shown => {
  const { ratio } = target
  const found: SiteRatio | null = ratio === 'wue' ? site.wue : ratiosIn(months, site.standing)[ratio]
  if (found === null)
    return nothing({ value: null, source: 'nothing of it is measured, declared or published', tier: null })
  const { value, source, tier } = found
  if (found.months === 0) return nothing({ value, source, tier })
  const partOf = (month: SiteRatioMonth) =>
    ratio === 'wue' ? month.water_l : ratio === 'ref' ? month.renewable_kwh : month.reused_kwh
  const wholeOf = ratio === 'wue' ? itOf : facilityOf
  const pairs = months.flatMap((month) => {
    const [part, whole] = [partOf(month), wholeOf(month)]
    return part === null || whole === null || whole === 0 ? [] : [{ month: month.month, part, whole }]
  })
  const sum = (of: 'part' | 'whole') => pairs.reduce((all, pair) => all + pair[of], 0)
  const quotient: Derivation = {
    kind: 'quotient',
    above: {
      label: WORDS[ratio].above,
      amount: String(sum('part')),
      unit: ratio === 'wue' ? 'L' : 'kWh',
      address: null,
    },
    below: { label: WORDS[ratio].below, amount: String(sum('whole')), unit: 'kWh', address: null },
    scale: 1,
    of: 'month',
    pieces:
      pairs.length > 1
        ? pairs.map(({ month, part, whole }) => ({
            label: month,
            above: String(part),
            below: String(whole),
            address: null,
          }))
        : [],
  }
  // More renewable energy than was used counts as all of it: the quotient itself is then above 1.
  return { value, source, tier, derivation: ratio === 'ref' && value === 1 ? { kind: 'none' } : quotient }
}

const PLAIN = { tier: null, tier_of: null, source: null, address: null, result: null } as const

const inputsOf = (
  words: (typeof WORDS)[Target['ratio']],
  derivation: Derivation,
  value: number | null,
  tier: number | null,
  source: string,
): ExplainInput[] => {
  const result: ExplainInput = {
    ...PLAIN,
    operator: derivation.kind === 'quotient' ? '=' : '',
    name: words.title,
    value: value === null ? null : digits(value),
    unit: words.unit,
    tier,
    tier_of: 'overhead',
    source: derivation.kind === 'quotient' ? null : source,
    result: 'total',
  }
  if (derivation.kind !== 'quotient') return [result]
  const side = (operator: '' | '÷', { label, amount, unit }: (typeof derivation)['above']): ExplainInput => {
    const [name, size] = SIZES[unit] ?? [unit, 1]
    return {
      ...PLAIN,
      operator,
      name: label,
      value: amount === null ? null : digits(Number(amount) / size),
      unit: name,
    }
  }
  return [side('', derivation.above), side('÷', derivation.below), result]
}
