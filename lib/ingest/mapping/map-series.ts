import { createHash } from 'node:crypto'
import type { Component } from '@/lib/accounting/facts'
import type { LeftOutReason, OwnRule, SourceMapping } from '@/lib/contracts/mapping'
import { isPowerUnit, READING_UNITS, type ReadingUnit } from '@/lib/units/convert'
import type { Context } from '../reading'
import type { Temporality, WireSeries } from '../wire/wire-series'
import { BUILT_IN_RULES, MACHINE } from './built-in-rules'
import { labelReader, type SaidByLabels, saidByLabels } from './context-labels'
import type { DeliveryRule, EnergyRule, MetricRule } from './metric-rule'

/** A series as the books know it: everything about its readings but their times and values. */
export interface MappedMeter {
  is: 'reading'
  rule: EnergyRule
  meter: string
  kind: 'power' | 'counter' | 'delta'
  unit: ReadingUnit
  boundary: 'it' | 'facility'
  component: Component | null
  device: string | null
  preference: number
  context: Context
}

/** What a service or run delivered. */
export interface MappedDelivery {
  is: 'delivery'
  rule: DeliveryRule
  unit: string
  /** Exactly one of the two. */
  run: string | null
  service: string | null
  /** cumulative: a counter; delta and gauge: what was delivered since the sample before. */
  counts: 'cumulative' | 'delta'
}

export interface LeftOut {
  is: 'left_out'
  reason: LeftOutReason
  /** The rule that knows the metric, where one does. */
  rule: MetricRule | null
  because: string
}

export type Mapped = MappedMeter | MappedDelivery | LeftOut

/** Control characters, of which PostgreSQL's text refuses one, and halves of a character. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]+/gu

/** A name as labels have it → one that the books take; null when nothing printable is in it. */
export const printable = (text: string | null, most = 200): string | null => {
  if (text === null) return null
  const plain = text.replace(UNPRINTABLE, ' ').trim()
  return plain === '' ? null : plain.slice(0, most).replace(UNPRINTABLE, '').trim()
}

const OWN = 'this source'
const FUNCTIONAL_UNIT = /^[a-z0-9][a-z0-9 ._-]{0,39}$/

const ownRule = (own: OwnRule): MetricRule =>
  own.is === 'delivery'
    ? {
        is: 'delivery',
        exporter: OWN,
        metric: own.metric,
        unit: own.unit,
        ...(own.only ? { only: own.only } : {}),
      }
    : {
        is: 'energy',
        exporter: OWN,
        metric: own.metric,
        kind: own.kind,
        unit: own.unit,
        boundary: own.boundary,
        component: own.component,
        meter: own.meter.map((label) => [label]),
        device: own.device === null ? null : [own.device],
        hardware: null,
        level: own.level,
        preference: own.preference,
        ...(own.only ? { only: own.only } : {}),
      }

const leftOut = (reason: LeftOutReason, rule: MetricRule | null, because: string): LeftOut => ({
  is: 'left_out',
  reason,
  rule,
  because,
})

/**
 * Series → what they become, by this source's own rules and then the built-in ones. PURE. Whoever maps many series keeps the mapper.
 * @param sourceName what a site is called that nobody names
 */
export const seriesMapper = (mapping: SourceMapping, sourceName: string): ((series: WireSeries) => Mapped) => {
  const rules = new Map<string, MetricRule[]>()
  for (const rule of [...mapping.rules.map(ownRule), ...BUILT_IN_RULES]) {
    const known = rules.get(rule.metric)
    if (known) known.push(rule)
    else rules.set(rule.metric, [rule])
  }
  const excluded = new Set(mapping.leaveOut)

  return (series) => {
    if (excluded.has(series.metric))
      return leftOut('excluded', null, 'the mapping of this source leaves this metric out')
    const known = rules.get(series.metric)
    if (!known) return leftOut('not_energy', null, 'no rule reads this metric as energy or as functional units')
    const read = labelReader(series.labels)
    const rule = known.find(
      (one) => one.is === 'overlap' || !one.only || one.only.values.includes(kindOf(read([one.only.label]))),
    )
    if (!rule) {
      const [first] = known as [EnergyRule | DeliveryRule]
      const told = first.only?.values.join(' and ')
      return leftOut('overlaps', first, `${first.only?.label} is part of what ${told} tell`)
    }
    if (rule.is === 'overlap') return leftOut('overlaps', rule, `${rule.of} tells the same energy`)
    const said = saidByLabels(series.labels, mapping.labels, rule.is === 'energy' ? rule.ownPods : undefined)
    return rule.is === 'energy'
      ? asMeter(rule, series, said, read, mapping, sourceName)
      : asDelivery(rule, series, said, read, mapping)
  }
}

/** RAPL zones come numbered: `package-0`, `package_1`. */
const kindOf = (value: string | null): string => (value ?? '').replace(/[-_]?\d+$/, '')

const workloadOf = (
  rule: MetricRule,
  said: SaidByLabels,
  read: (names: string[]) => string | null,
  mapping: SourceMapping,
): { run: string | null; service: string | null } => {
  const run = printable(said.run ?? (rule.is === 'energy' && rule.run ? read(rule.run) : null))
  if (run !== null) return { run, service: null }
  const service = printable(said.service)
  if (service !== null) return { run: null, service }
  const owner = printable(said.owner)
  return mapping.owner === 'service' ? { run: null, service: owner } : { run: owner, service: null }
}

/** A serial number or UUID is one thing everywhere; a short name only on its machine. */
const isWorldwide = (name: string): boolean => name.length >= 16

const deviceNamed = (named: string | null, machine: string | null, component: Component): string | null => {
  if (named !== null && isWorldwide(named)) return printable(named, LONGEST_METER)
  return machine === null ? null : printable(`${machine.replaceAll('/', '_')}/${named ?? component}`, LONGEST_METER)
}

const partNamed = (parts: Record<string, Component>, name: string): Component | undefined =>
  Object.hasOwn(parts, name) ? parts[name] : undefined

const LONGEST_METER = 300

/** Its machine first: what posting tells a machine's own meters by. A long name is cut and stays apart by its digest. */
const meterNamed = (parts: string[]): string => {
  const whole = printable(parts.map((part) => part.replaceAll('/', '_')).join('/'), Number.MAX_SAFE_INTEGER) ?? '-'
  if (whole.length <= LONGEST_METER) return whole
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 16)
  return `${printable(whole, LONGEST_METER - 20)}#${digest}`
}

const asMeter = (
  rule: EnergyRule,
  series: WireSeries,
  said: SaidByLabels,
  read: (names: string[]) => string | null,
  mapping: SourceMapping,
  sourceName: string,
): Mapped => {
  const part = rule.componentBy ? read(rule.componentBy.label) : null
  const component = rule.componentBy && part !== null ? partNamed(rule.componentBy.values, part) : rule.component
  if (component === undefined) return leftOut('overlaps', rule, `${part} is part of what its host tells`)

  const workload = rule.level === 'machine' ? { run: null, service: null } : workloadOf(rule, said, read, mapping)
  const isHeld = workload.run !== null || workload.service !== null
  if (rule.level === 'workload' && !isHeld) {
    return leftOut('no_workload', rule, 'its labels name no run, service or pod; the meter of its machine holds it')
  }
  const own = rule.meter.map((names) => read(names))
  if (rule.meter.length > 0 && own.every((value) => value === null)) {
    return leftOut('no_meter', rule, `none of ${rule.meter.flat().join(', ')} says which meter it is`)
  }
  const machine = read(MACHINE)?.replace(/:\d+$/, '') ?? null
  if (machine === null && rule.level === 'machine' && rule.component !== null && own.every((value) => value === null)) {
    return leftOut('no_meter', rule, `none of ${MACHINE.join(', ')} says which machine it is`)
  }
  // A GPU has a name of its own everywhere; other parts are known by their machine.
  const named = rule.device !== null && (component === 'gpu' || rule.exporter === OWN) ? read(rule.device) : null
  const flow = flowOf(rule, series)
  return {
    is: 'reading',
    rule,
    meter: meterNamed([machine ?? '-', ...own.filter((value) => value !== null)]),
    ...flow,
    boundary: rule.boundary,
    component,
    device: component === null ? null : deviceNamed(named, machine, component),
    preference: rule.preference,
    context: contextOf(workload, said, mapping, {
      sourceName,
      hardware: isHeld && rule.hardware ? printable(read(rule.hardware)) : null,
    }),
  }
}

/** A protocol that knows its temporality and unit goes before the rule, as long as both speak of energy, or both of power. */
const flowOf = (rule: EnergyRule, { temporality, unit }: WireSeries): Pick<MappedMeter, 'kind' | 'unit'> => {
  const told = READING_UNITS.find((known) => known === unit)
  const ofOneSort = told !== undefined && isPowerUnit(told) === isPowerUnit(rule.unit)
  return { kind: kindBy(rule, temporality), unit: ofOneSort ? told : rule.unit }
}

const kindBy = (rule: EnergyRule, temporality: Temporality): MappedMeter['kind'] => {
  if (isPowerUnit(rule.unit)) return 'power'
  if (temporality === 'delta') return 'delta'
  return temporality === 'cumulative' ? 'counter' : rule.kind
}

const contextOf = (
  workload: { run: string | null; service: string | null },
  said: SaidByLabels,
  mapping: SourceMapping,
  { sourceName, hardware }: { sourceName: string; hardware: string | null },
): Context => {
  const { defaults } = mapping
  const isHeld = workload.run !== null || workload.service !== null
  return {
    ...workload,
    // A site's own meter is of no team: what its labels name are the exporter's surroundings.
    team: isHeld ? (printable(said.team) ?? defaults.team ?? null) : null,
    model: isHeld ? (printable(said.model) ?? defaults.model ?? null) : null,
    stage: isHeld ? (said.stage ?? defaults.stage ?? null) : null,
    // Every meter of a source has a site: only there a machine's meter and the pods that it holds are told from each other.
    site: printable(said.site) ?? defaults.site ?? printable(said.cluster) ?? printable(sourceName),
    gridZone: defaults.zone ?? null,
    country: null,
    cloudRegion: printable(said.cloudRegion),
    deployment: said.provider !== null ? 'cloud' : (defaults.deployment ?? null),
    pue: defaults.pue ?? null,
    gPerKwh: null,
    hardware,
    hardwareCount: null,
  }
}

const asDelivery = (
  rule: DeliveryRule,
  series: WireSeries,
  said: SaidByLabels,
  read: (names: string[]) => string | null,
  mapping: SourceMapping,
): Mapped => {
  const unit = rule.unit === 'from label unit' ? (read(['unit'])?.trim().toLowerCase() ?? '') : rule.unit
  if (!FUNCTIONAL_UNIT.test(unit)) return leftOut('no_meter', rule, 'its label unit names no functional unit')
  const workload = workloadOf(rule, said, read, mapping)
  const app = printable(read(['service.name', 'service_name']))
  const service = workload.service ?? (workload.run === null && !app?.startsWith('unknown_service') ? app : null)
  if (workload.run === null && service === null)
    return leftOut('no_workload', rule, 'its labels name no run, service or pod')
  const counts = series.temporality === 'delta' || rule.lossy ? 'delta' : 'cumulative'
  return { is: 'delivery', rule, unit, run: workload.run, service, counts }
}
