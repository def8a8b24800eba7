import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idleOfReserved } from '@/lib/accounting/allocation/idle'
import { splitByWeights } from '@/lib/accounting/allocation/largest-remainder'
import { reconcile } from '@/lib/accounting/allocation/reconcile'
import { changeOf } from '@/lib/accounting/comparisons/before-after'
import { carbonCost, priceOf } from '@/lib/accounting/comparisons/carbon-price'
import { annualTargetPercent, percentOfPrevious, perRevenue, totalEmissions } from '@/lib/accounting/comparisons/esrs'
import { recalculationOf } from '@/lib/accounting/comparisons/recalculation'
import {
  amortisedEmbodied,
  embodiedPerDevice,
  embodiedRate,
  plannedLifeHours,
  resourceShare,
} from '@/lib/accounting/embodied/amortised'
import { bookValue, runOff } from '@/lib/accounting/embodied/book-value'
import { embodiedByMass, endOfLife } from '@/lib/accounting/embodied/by-mass'
import { inventoryBridge } from '@/lib/accounting/embodied/inventory-bridge'
import { cradleToGate } from '@/lib/accounting/embodied/product-footprint'
import { vcpuHoursOfFunction } from '@/lib/accounting/energy-models/cloud'
import { wrappedDifference } from '@/lib/accounting/energy-models/counter-wrap'
import { energyOfDevices, meanPowerOf } from '@/lib/accounting/energy-models/device-hours'
import { attentionFlops, flopsOf } from '@/lib/accounting/energy-models/flops'
import { energyOfMemory, energyOfStorage } from '@/lib/accounting/energy-models/host-components'
import { achievedOf, deviceHoursOfFlops, elapsedOf, flopsPerJoule, mfuOf } from '@/lib/accounting/energy-models/mfu'
import { energyOfNetwork } from '@/lib/accounting/energy-models/network'
import { bestEvidence, EVIDENCE, EVIDENCE_TIER } from '@/lib/accounting/energy-models/preference'
import { powerOnCurve, shareOfTdp } from '@/lib/accounting/energy-models/tdp-curve'
import { energyPerToken } from '@/lib/accounting/energy-models/token-regression'
import { powerAtUtilisation } from '@/lib/accounting/energy-models/utilisation'
import { isInBoundary } from '@/lib/accounting/functional-units/boundaries'
import { perThousand, perUnits } from '@/lib/accounting/functional-units/per-units'
import { sciOf } from '@/lib/accounting/functional-units/sci'
import { activityEmissions } from '@/lib/accounting/gases/activity'
import { co2eOf, gwpOfBlend, leakOf } from '@/lib/accounting/gases/co2e'
import { amortisedTraining } from '@/lib/accounting/life-cycle/amortised-training'
import { crossoverDay } from '@/lib/accounting/life-cycle/crossover'
import { withInherited } from '@/lib/accounting/life-cycle/inheritance'
import { developmentOf, developmentShare, lifeCycleTotal } from '@/lib/accounting/life-cycle/total'
import { cueOf, cueOfElectricity } from '@/lib/accounting/ratios/cue'
import { facilityEnergyWith, pueOf } from '@/lib/accounting/ratios/pue'
import { coolingEfficiency, renewableFactor, reuseFactor } from '@/lib/accounting/ratios/renewable'
import { workloadWater } from '@/lib/accounting/ratios/workload-water'
import { wueOf } from '@/lib/accounting/ratios/wue'
import { avoidedOf } from '@/lib/accounting/scope-2/avoided'
import { hourlyMarketBased, matchHours } from '@/lib/accounting/scope-2/hourly-matching'
import { marketBasedOf } from '@/lib/accounting/scope-2/market-based'
import { boundsOf } from '@/lib/accounting/uncertainty/bounds'
import { intervalOf } from '@/lib/accounting/uncertainty/interval'
import { simulate } from '@/lib/accounting/uncertainty/monte-carlo'
import { gsd2OfPedigree } from '@/lib/accounting/uncertainty/pedigree'
import { widthOfProduct, widthOfSum } from '@/lib/accounting/uncertainty/propagation'
import { metricsCatalogue } from '@/lib/planning/metrics-catalogue'
import {
  asPercent,
  deviceHoursAs,
  deviceHoursFrom,
  energyAs,
  energyFrom,
  flopsPerSecondIn,
  massAs,
  massIn,
  waterIn,
} from '@/lib/units/measure'
import { deviceHoursOf, gramsOf, kilogramsOf, massOf } from '@/lib/units/products'
import {
  deviceHours,
  flops,
  flopsPerSecond,
  gramsCO2e,
  gramsPerKilowattHour,
  type KilogramsCO2e,
  kilogramsCO2e,
  kilowattHours,
  litresPerKilowattHour,
  pue,
  type Quantity,
  share,
  value,
  watts,
} from '@/lib/units/quantity'

/** Each worked example of docs/method is written here from what the code gives, and must stand on its page word for word. */

const PAGES = new URL('../../docs/method/', import.meta.url)
const page = (name: string) => readFileSync(new URL(`${name}.md`, PAGES), 'utf8').replace(/\s+/g, ' ')
const example = (name: string, sentence: string) =>
  it(`${name}: ${sentence}`, () => expect(page(name)).toContain(sentence))

const bare = <U extends string>(quantity: Quantity<U> | null) => (quantity === null ? Number.NaN : value(quantity))
const figures = (amount: number | null, digits: number) => String(Number((amount ?? Number.NaN).toPrecision(digits)))
/** Thousands apart, as the pages write them. */
const fixed = (amount: number | null, decimals: number) =>
  new Intl.NumberFormat('en', { maximumFractionDigits: decimals }).format(amount ?? Number.NaN)
const t = (mass: KilogramsCO2e) => massAs(gramsOf(mass), 't')
const kg = kilogramsCO2e
const kwh = kilowattHours
const g = gramsPerKilowattHour

describe('worked examples of the method', () => {
  const hourOf = (te: number, part = share(1)) =>
    gramsOf(amortisedEmbodied(kg(te), { deviceHours: 1, lifeHours: 35_040, share: part }))

  example(
    'energy-models',
    `300 W for 100 h → ${fixed(value(energyOfDevices(watts(300), deviceHoursOf(1, 100))), 3)} kWh (case SEED-01)`,
  )
  example(
    'energy-models',
    `3.1 kWh over 24 device-h → ${figures(bare(meanPowerOf(kwh(3.1), deviceHours(24))), 4)} W (CC-01)`,
  )
  example(
    'energy-models',
    `per vCPU at 50 % → ${figures(value(powerAtUtilisation(watts(0.74), watts(3.5), share(0.5))), 6)} W (CCF-01)`,
  )
  const curve = (u: number) => figures(value(powerOnCurve(watts(100), share(u))), 6)
  example('energy-models', `100 W TDP at 20 % → ${curve(0.2)} W, at 50 % → ${curve(0.5)} W (SCI-12, SCI-13)`)
  example(
    'energy-models',
    `200 ms at 512 MB → ${figures(value(vcpuHoursOfFunction(deviceHoursFrom(200_000, 's'), 512)), 4)} vCPU-h (CCF-02)`,
  )
  example('energy-models', `5,000 GB → ${value(energyOfNetwork(5000))} kWh (CCF-04)`)
  example('energy-models', `a batch of 64 → ${energyAs(energyPerToken(70, 64), 'Wh').toExponential(4)} Wh`)
  example(
    'energy-models',
    `→ ${fixed(Number(wrappedDifference(262_143_000_000n, 1_000_000n, 262_143_328_850n)), 0)} µJ (EN-03)`,
  )

  const deepseek = flopsOf(37e9, 14.8e12, '6ND')
  const mfu = (work: ReturnType<typeof flops>, hours: number, tflops: number) =>
    figures(bare(mfuOf(work, deviceHours(hours), flopsPerSecondIn(tflops, 'TFLOP'))), 3)
  example(
    'flops',
    `6 · 37e9 · 14.8e12 → ${String(value(deepseek)).replace('e+', 'e')} FLOP, over 2,664,000 h at 989.4 TFLOP/s an MFU of ${mfu(deepseek, 2_664_000, 989.4)}`,
  )
  example('flops', `1,022,362 h at 312 TFLOP/s → ${mfu(flopsOf(65.2e9, 1.4e12, '6ND'), 1_022_362, 312)} (FLP-04)`)
  const chipHours = deviceHoursOfFlops(flops(2.91e21), flopsPerSecond(24.8e12), share(1))
  example(
    'flops',
    `24.8 TFLOP/s achieved → ${fixed(value(chipHours), 0)} chip-h, ${figures(deviceHoursAs(elapsedOf(chipHours, 200), 'd'), 3)} d on 200 chips (PAT-01)`,
  )

  const periods = [
    { facility: kwh(130), it: kwh(100) },
    { facility: kwh(240), it: kwh(200) },
  ]
  example('facility-ratios', `240 of 200 kWh → PUE ${figures(bare(pueOf(periods)), 6)}, not 1.25 (case KPI-01)`)
  example(
    'facility-ratios',
    `342.06 g/kWh · 1.3 → CUE ${figures(value(cueOfElectricity(g(342.06), pue(1.3))), 6)} g per IT kWh`,
  )
  example(
    'facility-ratios',
    `14,088 GWh → ${figures(bare(wueOf(waterIn(6_223_391, 'm3'), energyFrom(14_088, 'GWh'))), 4)} L per kWh`,
  )
  const of = (part: number) => [{ part: kwh(part), whole: kwh(10_000) }]
  example('facility-ratios', `of 10,000 kWh → REF ${renewableFactor(of(8000))}, ERF ${reuseFactor(of(1200))} (KPI-04)`)
  const water = workloadWater(
    { it: kwh(1000), facility: facilityEnergyWith(kwh(1000), 'it', pue(1.17)) },
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: litres of water per kWh (Li 2023), not a circle.
    { site: litresPerKilowattHour(0.27), source: litresPerKilowattHour(3.142) },
  )
  example('facility-ratios', `0.27 and 3.142 L/kWh → ${fixed(value(water), 2)} L (KPI-05)`)

  const market = (load: number, green: number, residual: number | null, location: number) =>
    marketBasedOf(energyFrom(load, 'MWh'), [{ energy: energyFrom(green, 'MWh'), rate: g(0) }], {
      supplier: null,
      residual: residual === null ? null : g(residual),
      location: g(location),
    })
  const tonnes = (mass: ReturnType<typeof market>['mass']) => (mass === null ? null : massAs(mass, 't'))
  example(
    'market-based-totals',
    `residual mix 701.47 g/kWh → ${fixed(tonnes(market(10_000, 6000, 701.47, 342.06).mass), 3)} t`,
  )
  const austria = market(1000, 750, null, 102.62)
  example(
    'market-based-totals',
    `no residual mix → ${fixed(tonnes(austria.mass), 4)} t, flagged \`${austria.remainder?.from}\` (S2-06)`,
  )

  const mwh = (list: number[]) => list.map((each) => energyFrom(each, 'MWh'))
  const matched = matchHours(mwh([10, 10, 10, 10]), mwh([0, 25, 20, 0]))
  const hourly = hourlyMarketBased(matched.hours, [g(500), g(500), g(500), g(500)])
  const annual = massOf(matched.annualUnmatched, g(500))
  example(
    'hourly-matching',
    `annual score ${matched.annualScore}, ${massAs(annual, 't')} t; hourly score ${matched.hourlyScore}, ${tonnes(hourly)} t (case S2-07)`,
  )

  const saved = avoidedOf(
    [{ energy: kwh(3000), intensity: g(453.21) }],
    [{ energy: kwh(3000), intensity: g(270.175) }],
    'average-based',
  )
  example(
    'avoided-emissions',
    `in the best window → ${figures(massAs(saved.mass, 'kg'), 6)} kg, ${figures(asPercent(saved.share as number), 4)} % (case HR-08)`,
  )

  example(
    'embodied-formulas',
    `2 of 16 vCPUs → ${figures(value(hourOf(1205.52, resourceShare(2, 16))), 5)} g (case SCI-01)`,
  )
  const gpu = embodiedPerDevice(kg(1312), 8)
  const rate = (device: KilogramsCO2e) => massAs(gramsOf(embodiedRate(device, 35_040, share(1))), 'g')
  example(
    'embodied-formulas',
    `1,312 kg ÷ 8 → ${value(gpu)} kg, over 35,040 h ${rate(gpu).toPrecision(4)} g per GPU-h (NV-01); 3,700 kg ÷ 8 over 35,040 h → ${figures(rate(embodiedPerDevice(kg(3700), 8)), 5)} g`,
  )
  example('embodied-formulas', `6 y used to 85 % → ${fixed(plannedLifeHours(52_560, share(0.85)), 0)} h (BLM-03)`)
  example(
    'embodied-formulas',
    `8,640 kg · 15.2 % → ${fixed(value(cradleToGate(kg(8640), share(0.152))), 2)} kg (DEL-01); 1,200 kg of IT equipment by mass → ${fixed(t(embodiedByMass(1200, 24_865.47556)), 3)} t (S3-03)`,
  )

  const YEAR = 365 * 86_400_000
  const life = { inServiceAt: 0, lifeHours: 35_040, retiredAt: null }
  example('embodied-book', `164 kg after one of four years → ${value(bookValue(kg(164), life, YEAR))} kg`)
  const bridge = inventoryBridge([{ embodied: kg(2624), purchasedAt: 0, life }], 0, YEAR)
  example(
    'embodied-book',
    `purchased ${fixed(value(bridge.purchased), 0)}, run-off ${fixed(value(bridge.runOff), 0)}, closing ${fixed(value(bridge.closing), 0)} kg`,
  )
  example(
    'embodied-book',
    `1,200 kg at 4.7 kg/t → ${figures(value(endOfLife(1200, { collection: 0, treatment: 4.7 })), 3)} kg`,
  )

  const score = (o: number, m: number, r: number) =>
    bare(sciOf({ operational: gramsCO2e(o), embodied: gramsCO2e(m), intensity: 'location' }, r))
  example('sci', `5 g + 0.02 g over 100 requests → ${figures(score(5, 0.02, 100), 3)} g (case SCI-14)`)
  const o = massOf(facilityEnergyWith(kwh(0.00331), 'it', pue(1.5)), g(457))
  example('sci', `work items in the hour → ${figures(score(value(o), value(hourOf(251)), 38_032_740), 3)} g (SCI-03)`)
  example('sci', `1.14 g over 400 tokens → ${figures(bare(perThousand(gramsCO2e(1.14), 400)), 3)} g per 1,000 (MIS-01)`)

  const bloom = lifeCycleTotal({ hardware: kg(11_200), training: kg(24_700), idle: kg(14_600) })
  const child = withInherited({
    own: kg(10),
    parent: { footprint: { own: kg(200), parent: null }, inherited: share(0.05) },
  })
  example(
    'life-cycle',
    `11.2 + 24.7 + 14.6 t → ${figures(t(bloom.total), 3)} t (BLM-04); 10 kg and 5 % of a parent of 200 kg → ${value(child)} kg`,
  )
  example(
    'life-cycle',
    `159 of 159 + 312 t → ${figures(developmentShare(kg(159), kg(312)), 4)} (MOR-02); Olmo 3: 4,251 t · 0.822 → ${fixed(value(developmentOf(kg(4251), share(0.822))), 1)} t`,
  )
  const served = amortisedTraining(gramsCO2e(0.001), massIn(24.7, 't'), 1e10)
  const days = ['01', '02', '03', '04'].map((day) => ({ day: `2026-01-${day}`, inference: kg(40) }))
  example(
    'life-cycle',
    `over 1e10 tokens → ${figures(bare(served?.together ?? null), 3)} g a token; 100 kg of training and 40 kg a day → the ${crossoverDay(kg(100), days).day === '2026-01-03' ? 'third' : 'wrong'} day`,
  )

  example('allocation', `100 by 1 : 1 : 1 → ${splitByWeights(100n, [1n, 1n, 1n])?.join(', ')}.`)
  example(
    'allocation',
    `60 and 40 reserved GPU-h → ${idleOfReserved(30n, [60n, 40n]).parts.join(' and ')} kWh (case EN-04)`,
  )
  example('allocation', `parts 6 and 3 → ${reconcile(10n, [6n, 3n]).unallocated} unallocated`)

  example(
    'activities-and-gases',
    `2.66155 kg/l → ${fixed(t(activityEmissions(10_000, 2.66155)), 4)} t in Scope 1, · 0.62409 → ${fixed(t(activityEmissions(10_000, 0.62409)), 4)} t`,
  )
  const blend = (one: number, other: number) =>
    gwpOfBlend([
      { massShare: share(0.5), gwp: one },
      { massShare: share(0.5), gwp: other },
    ])
  const [ar5, ar6] = [blend(677, 3170), blend(771, 3740)]
  example(
    'activities-and-gases',
    `GWP ${fixed(ar5, 1)} by AR5, ${fixed(ar6, 1)} by AR6; 12 kg leaked → ${fixed(t(leakOf(12, ar5)), 4)} t and ${fixed(t(leakOf(12, ar6)), 4)} t (S1-02)`,
  )
  example('activities-and-gases', `1 kg of CO2 by AR6 → ${value(co2eOf({ ch4_fossil: 1, co2: 1 }, 'AR6'))} kg`)

  const product = widthOfProduct([0.05, 0.1])
  const summed = widthOfSum([
    { amount: 100, u95: product },
    { amount: 50, u95: 0.3 },
  ])
  example(
    'uncertainty',
    `±10 % of a product → ±${figures(asPercent(product), 4)} %; 100 ± 11.18 % and 50 ± 30 % summed → ±${figures(asPercent(summed as number), 4)} % (case UNC-01)`,
  )
  const interval = intervalOf(1000n, [
    { source: 'energy', group: '', amount: 1000n, u95: 0.05 },
    { source: 'intensity', group: '', amount: 1000n, u95: 0.1 },
  ])
  example(
    'uncertainty',
    `→ ${interval.low} … ${fixed(Number(interval.high), 0)} mg, ${figures(asPercent(interval.shares[0]?.share as number), 2)} % of the variance from the ${interval.shares[0]?.source}`,
  )
  const half = boundsOf(0.5)
  example('uncertainty', `±50 % → ${figures(half.low, 3)} … ${figures(half.high, 4)} times the value`)
  const scores = { reliability: 2, completeness: 2, temporal: 3, geographical: 1, technological: 1 }
  example('uncertainty', `a basic 1.05 → GSD² ${figures(gsd2OfPedigree(scores), 4)}`)

  const change = changeOf(kg(120), kg(90))
  example(
    'comparisons',
    `120 → 90 t: −${Math.abs(bare(change.delta))} t, −${Math.abs(asPercent(change.relative as number))} %, ${percentOfPrevious(kg(90), kg(120))} % of N−1`,
  )
  const target = annualTargetPercent({ year: 2020, emissions: kg(100) }, { year: 2030, emissions: kg(58) }) as number
  example('comparisons', `target 58 t in 2030 → −${figures(Math.abs(target), 3)} % a year`)
  const total = totalEmissions(kg(120), kg(3420.6), kg(15_000))
  example(
    'comparisons',
    `15,000 → ${fixed(value(total), 2)} t, over 80 M€ ${figures(bare(perRevenue(total, 80)), 7)} t per M€ (case ESRS-01)`,
  )
  const effects = [40, 20].map((effect) => ({ cause: 'method' as const, effect: kg(effect) }))
  const recalculation = recalculationOf(kg(1000), effects, share(0.05))
  example(
    'comparisons',
    `threshold 5 % → ${figures(asPercent(recalculation.cumulative as number), 2)} %, ${recalculation.due ? 'due' : 'not due'}`,
  )
  example(
    'carbon-price',
    `2,805.88 t · 100 € → ${fixed(carbonCost(kilogramsOf(massIn(2805.88, 't')), 100), 2)} € (case ICP-01)`,
  )
})

describe('what the pages say of limits', () => {
  it('is refused', () => {
    const refusals = [
      () => facilityEnergyWith(kwh(1), 'facility', pue(1.2)),
      () => sciOf({ operational: gramsCO2e(1), embodied: gramsCO2e(1), intensity: 'market' }, 1),
      () => mfuOf(flops(1e20), deviceHours(1), flopsPerSecond(1e12)),
      () => deviceHoursOfFlops(flops(1), flopsPerSecond(1), share(0)),
      () => shareOfTdp(share(0.5), [{ utilisation: 0, ofTdp: 0.1 }]),
      () => powerAtUtilisation(watts(2), watts(1), share(0.5)),
      () => gwpOfBlend([{ massShare: share(0.5), gwp: 1 }]),
      () => resourceShare(17, 16),
      () => wrappedDifference(5n, 1n, 4n),
      () => gsd2OfPedigree({ reliability: 6, completeness: 1, temporal: 1, geographical: 1, technological: 1 }),
      () => perUnits(gramsCO2e(1), -1),
      () => annualTargetPercent({ year: 2030, emissions: kg(1) }, { year: 2030, emissions: kg(1) }),
      () => runOff(kg(1), { inServiceAt: 0, lifeHours: 1, retiredAt: null }, 2, 1),
      () => amortisedEmbodied(kg(1), { deviceHours: 1, lifeHours: 0, share: share(1) }),
      () => activityEmissions(-1, 1),
      () => carbonCost(kg(1), -1),
    ]
    for (const refused of refusals) expect(refused, String(refused)).toThrow(RangeError)
  })

  it('has no quotient without a denominator', () => {
    expect([
      pueOf([]),
      cueOf(kg(1), kwh(0)),
      wueOf(waterIn(1, 'L'), kwh(0)),
      coolingEfficiency(kwh(1), kwh(0)),
      mfuOf(flops(1), deviceHours(0), flopsPerSecond(1)),
      achievedOf(flops(1), deviceHours(0)),
      flopsPerJoule(flops(1), kwh(0)),
      meanPowerOf(kwh(1), deviceHours(0)),
      perThousand(gramsCO2e(1), 0),
      amortisedTraining(gramsCO2e(1), gramsCO2e(1), 0),
      developmentShare(kg(0), kg(0)),
      perRevenue(kg(1), 0),
      percentOfPrevious(kg(1), null),
      changeOf(kg(0), kg(1)).relative,
      recalculationOf(kg(0), [], share(0.05)).cumulative,
      annualTargetPercent({ year: 2020, emissions: kg(0) }, { year: 2030, emissions: kg(0) }),
    ]).toEqual(new Array(16).fill(null))
  })

  it('of REF never passes 1, and of a market-based SCI nothing is made', () => {
    expect(renewableFactor([{ part: kwh(12), whole: kwh(10) }])).toBe(1)
    expect(cueOf(kg(444_678), kwh(1e6))).toBeCloseTo(444.678, 9)
    expect(coolingEfficiency(kwh(10_000), kwh(2500))).toBe(4)
    expect([isInBoundary('inference', 'consumer'), isInBoundary('training', 'consumer')]).toEqual([true, false])
  })

  it('of the host and of long contexts is what the doc blocks say', () => {
    expect(value(energyOfMemory(512))).toBeCloseTo(0.2007, 4)
    expect(value(energyOfStorage(10, 'ssd'))).toBeCloseTo(0.012, 12)
    expect(value(energyOfDevices(watts(300), deviceHours(100), 0.4))).toBeCloseTo(42, 12)
    expect(value(attentionFlops({ layers: 32, heads: 32, headSize: 128, context: 2048 }, 1e12))).toBeCloseTo(
      3.22e21,
      -19,
    )
    expect(bestEvidence(['flops', 'power_samples', 'utilisation'])).toBe('power_samples')
    expect(bestEvidence([])).toBeNull()
    EVIDENCE.reduce((before, evidence) => {
      expect(EVIDENCE_TIER[evidence]).toBeGreaterThanOrEqual(EVIDENCE_TIER[before])
      return evidence
    })
  })

  it('of a carbon price holds for its days, its scopes and its method, and counts what is unknown', () => {
    const price = {
      currency: 'EUR',
      perTonne: 100,
      from: '2026-01-02',
      to: '2026-01-04',
      scopes: [2 as const],
      method: 'market' as const,
    }
    const day = (name: string, scope: 1 | 2 | 3, market: number | null) => ({
      day: name,
      scope,
      location: kg(9999),
      market: market === null ? null : kg(market),
    })
    const days = [
      day('2026-01-01', 2, 1000),
      day('2026-01-02', 2, 1000),
      day('2026-01-03', 2, null),
      day('2026-01-03', 3, 1000),
      day('2026-01-04', 2, 1000),
    ]
    expect(priceOf(days, price)).toEqual({ cost: 100, unknownDays: 1 })
  })

  it('of Monte Carlo comes out the same twice, around the mean, and meets the analytic width where that is small', () => {
    const inputs = [
      { mean: 100, u95: 0.05 },
      { mean: 2, u95: 0.1 },
    ]
    const outcome = (drawn: readonly number[]) => (drawn[0] as number) * (drawn[1] as number)
    const once = simulate(inputs, outcome)
    expect(simulate(inputs, outcome)).toEqual(once)
    expect(once?.mean as number).toBeCloseTo(200, 0)
    expect(Math.abs((once?.high as number) / 200 - 1 - widthOfProduct([0.05, 0.1]))).toBeLessThan(0.01)
    const together = simulate(
      inputs.map((each) => ({ ...each, group: 'one' })),
      outcome,
    )
    expect((together?.high as number) - (together?.low as number)).toBeGreaterThan(
      (once?.high as number) - (once?.low as number),
    )
    expect(simulate([{ mean: 1, u95: 0.5 }], () => null)).toBeNull()
    expect(boundsOf(0.5).high).toBeCloseTo(
      simulate([{ mean: 1, u95: 0.5 }], ([one]) => one as number)?.high as number,
      1,
    )
  })

  it('keeps run-offs of periods re-adding to the whole, also across a retirement', () => {
    const life = { inServiceAt: 0, lifeHours: 100, retiredAt: 60 * 3_600_000 }
    const part = (from: number, to: number) => value(runOff(kg(50), life, from * 3_600_000, to * 3_600_000))
    expect(part(0, 30) + part(30, 200)).toBeCloseTo(part(0, 200), 12)
    const {
      opening,
      purchased,
      runOff: amortised,
      retired,
      closing,
    } = inventoryBridge([{ embodied: kg(50), purchasedAt: 0, life }], 0, 200 * 3_600_000)
    expect(value(opening) + value(purchased) - value(amortised) - value(retired)).toBeCloseTo(value(closing), 12)
    expect(value(retired)).toBeCloseTo(20, 12)
  })

  it('names a life cycle’s unknown parts, and a crossover after a gap', () => {
    expect(lifeCycleTotal({ training: kg(1), inference: null }).unknown).toContain('inference')
    const days = [
      { day: '2026-01-01', inference: null },
      { day: '2026-01-02', inference: kg(100) },
    ]
    expect(crossoverDay(kg(100), days)).toEqual({ day: '2026-01-02', incomplete: true })
    expect(crossoverDay(kg(101), days).day).toBeNull()
  })
})

describe('the catalogue of metrics', () => {
  it('names each metric once, and a page that exists', () => {
    const { metrics } = metricsCatalogue()
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length)
    for (const { id, page: name } of metrics)
      expect(existsSync(new URL(`${name}.md`, PAGES)), `${id}: ${name}.md`).toBe(true)
  })
})
