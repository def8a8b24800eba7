import { addressOfTarget, type ExplainTarget, figureAddress } from '@/lib/contracts/explain'
import type { Derivation, ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { intensityOfSums } from '@/lib/rollups/site-ratios'
import { ofOneBasis, type ZoneHour } from '@/lib/rollups/zone-hours'
import { zoneLoadDays } from '@/lib/rollups/zone-load'
import { zoneOfName, zoneWindow } from '@/lib/rollups/zones'
import { formatCount, formatDay, formatInstant, threeFigures } from '@/lib/units/format'
import { DAY, dayName, dayOf, HOUR, isoInstant } from '@/lib/units/time'
import { sumKnown } from '../ledger-lines'
import { BARE } from './answer'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'zone' }>

const WORDS: Record<Target['ratio'], { title: string; formula: string; clause: string }> = {
  mean: {
    title: 'Mean grid intensity',
    formula: 'mean = Σₕ CIₕ ÷ hours',
    clause: 'each hour alike; METHOD §3',
  },
  own: {
    title: 'Grid intensity of your hours',
    formula: 'CI = Σ EM ÷ Σ E_facility',
    clause: 'weighted by your own energy; METHOD §3',
  },
  lowest: { title: 'Cleanest hour', formula: 'min CIₕ', clause: 'METHOD §3' },
  highest: { title: 'Dirtiest hour', formula: 'max CIₕ', clause: 'METHOD §3' },
}

interface Shown {
  value: number | null
  derivation: Derivation
  sentence: string
}

/** A figure of a grid zone's hours, by the rule of the ledger; null for a zone that neither the table nor the organisation knows. */
export const explainZone = async (
  tx: OrgTx,
  orgId: string,
  target: Target,
  now: number,
): Promise<ExplainAnswer | null> => {
  const zone = await zoneOfName({ orgId, zone: target.zone })
  if (!zone) return null
  const window = { from: target.from, to: target.to }
  const { hours, statistics } = await zoneWindow({ orgId, zone: zone.zone, ...window, now })
  const words = WORDS[target.ratio]
  const { value, derivation, sentence } =
    target.ratio === 'mean'
      ? meanOf(target, hours, statistics.meanGPerKwh)
      : target.ratio === 'own'
        ? await ownOf(tx, target, zone.zone, statistics.counts.unknown + statistics.counts.leftOut)
        : extremeOf(target, statistics[target.ratio])
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: `${words.title}, ${zone.zone}`,
    context: contextOf(window, {}),
    sentence,
    figure: {
      value: value === null ? null : threeFigures(value),
      unit: 'g/kWh',
      number: value,
      exact: null,
      exact_unit: null,
      interval: null,
      low: null,
      high: null,
      u95: null,
    },
    formula: { text: words.formula, clause: words.clause, page: 'intensity-tiers', method_versions: [] },
    derivation,
    quality: {
      ...BARE.quality,
      known_hours: statistics.counts.measured + statistics.counts.estimated + statistics.counts.modelled,
      gaps: statistics.counts.unknown > 0 ? [{ reason: 'no_intensity', hours: statistics.counts.unknown }] : [],
    },
    facts: [
      { name: 'Basis', value: statistics.basis === null ? 'nothing is known' : statistics.basis, href: null },
      { name: 'Hours measured', value: formatCount(statistics.counts.measured), href: null },
      { name: 'Hours estimated', value: formatCount(statistics.counts.estimated), href: null },
      { name: 'Hours on typical hours or averages', value: formatCount(statistics.counts.modelled), href: null },
      ...zone.revisions
        .filter(({ isCurrent }) => isCurrent)
        .slice(0, 12)
        .map((one) => ({
          name: `${one.month}, revision ${one.revision}`,
          value: `${one.source}, retrieved ${formatInstant(one.retrievedAt)}`,
          href: null,
        })),
    ],
  }
}

/** Σ CI ÷ hours, in the order of time, as the zone's page adds it. */
const meanOf = (target: Target, all: ZoneHour[], value: number | null): Shown => {
  const hours = ofOneBasis(all)
  const days = Array.from({ length: Math.ceil(hours.length / 24) }, (_, at) => {
    const known = hours.slice(at * 24, at * 24 + 24).flatMap(({ gPerKwh }) => gPerKwh ?? [])
    return {
      day: dayName(dayOf(target.from) + at * DAY),
      sum: known.reduce((sum, one) => sum + one, 0),
      count: known.length,
    }
  }).filter(({ count }) => count > 0)
  const total = days.reduce((sum, day) => sum + day.sum, 0)
  const count = days.reduce((sum, day) => sum + day.count, 0)
  return {
    value,
    derivation:
      value === null
        ? { kind: 'none' }
        : {
            kind: 'quotient',
            above: { label: 'Σ intensity', amount: String(total), unit: 'g/kWh', address: null },
            below: { label: 'Hours', amount: String(count), unit: 'h', address: null },
            scale: 1,
            of: 'day',
            pieces: days.map(({ day, sum, count: known }) => ({
              label: formatDay(day),
              above: String(sum),
              below: String(known),
              address: null,
            })),
          },
    sentence:
      value === null
        ? 'No hour of this range has an intensity'
        : `${threeFigures(value)}\u202fg/kWh, mean of ${formatCount(count)} hours, each alike`,
  }
}

/** Emissions ÷ energy of one's own hours there; unknown where an hour without an intensity would thin it. */
const ownOf = async (tx: OrgTx, target: Target, zone: string, without: number): Promise<Shown> => {
  const window = { from: target.from, to: target.to }
  const load = await zoneLoadDays(tx, { zone, ...window })
  const mg = sumKnown(load.map((day) => day.location_mg))
  const uwh = sumKnown(load.map((day) => day.facility_uwh))
  const value = without > 0 ? null : intensityOfSums(mg, uwh)
  if (value === null || mg === null || uwh === null)
    return {
      value: null,
      derivation: { kind: 'none' },
      sentence: 'Some hours have no intensity, or no energy is booked here',
    }
  return {
    value,
    derivation: {
      kind: 'quotient',
      above: {
        label: 'Emissions',
        amount: mg.toString(),
        unit: 'mg CO2e',
        address: figureAddress('location', window, { zone }),
      },
      below: {
        label: 'Facility energy',
        amount: uwh.toString(),
        unit: 'µWh',
        address: figureAddress('facility', window, { zone }),
      },
      scale: 1e6,
      of: '',
      pieces: [],
    },
    sentence: `${threeFigures(value)}\u202fg/kWh: your emissions there over your energy there`,
  }
}

const extremeOf = (target: Target, found: { index: number; gPerKwh: number } | null): Shown => ({
  value: found?.gPerKwh ?? null,
  derivation: { kind: 'none' },
  sentence:
    found === null
      ? 'No hour of this range has an intensity'
      : `${threeFigures(found.gPerKwh)}\u202fg/kWh in the hour from ${formatInstant(isoInstant(dayOf(target.from) + found.index * HOUR))} UTC`,
})
