import type { Basis } from '@/lib/accounting/facts'

/** Where an intensity file keeps what, as its header says. PURE. */
export interface IntensityColumns {
  format: 'electricity-maps' | 'plain'
  count: number
  time: number
  /** Times without an offset are UTC, because the header says so. */
  isUtc: boolean
  value: number
  zone: number | null
  estimated: number | null
  dataSource: number | null
}

const VALUE: Record<Basis, RegExp> = {
  direct: /^carbon intensity .*\(direct\)/,
  lifecycle: /^carbon intensity .*\((lca|life[ -]?cycle)\)/,
}
const WANTED: Record<Basis, string> = {
  direct: '"Carbon intensity gCO₂eq/kWh (direct)"',
  lifecycle: '"Carbon intensity gCO₂eq/kWh (Life cycle)" or "(LCA)"',
}

/** The columns of either generation of the Electricity Maps portal, or of `hour,g_per_kwh[,estimated]`; else a sentence why not. */
export const intensityColumns = (header: string[], basis: Basis): IntensityColumns | string => {
  const names = header.map((name) => name.trim().toLowerCase().replace(/\s+/g, ' '))
  if (names.some((name) => name.startsWith('datetime'))) return portalColumns(names, basis)
  if (names.includes('hour') && names.includes('g_per_kwh')) return plainColumns(names)
  return (
    `unknown header "${header.join(',').slice(0, 120)}": expected an Electricity Maps portal file ` +
    '("Datetime (UTC),…") or "hour,g_per_kwh" with an optional third column "estimated"'
  )
}

const portalColumns = (names: string[], basis: Basis): IntensityColumns | string => {
  const startingWith = (prefix: string): number | null => {
    const index = names.findIndex((name) => name.startsWith(prefix))
    return index < 0 ? null : index
  }
  const time = names.findIndex((name) => name.startsWith('datetime'))
  const value = names.findIndex((name) => VALUE[basis].test(name))
  const zone = startingWith('zone id')
  if (value < 0) return `no column ${WANTED[basis]}, which the basis "${basis}" asks for`
  if (zone === null) return 'no column "Zone id"'
  return {
    format: 'electricity-maps',
    count: names.length,
    time,
    isUtc: names[time]?.includes('utc') ?? false,
    value,
    zone,
    estimated: startingWith('data estimated'),
    dataSource: startingWith('data source'),
  }
}

const PLAIN = ['hour', 'g_per_kwh', 'estimated']

const plainColumns = (names: string[]): IntensityColumns | string => {
  const odd = names.find((name, index) => !PLAIN.includes(name) || names.indexOf(name) !== index)
  if (odd !== undefined)
    return `unknown or repeated column "${odd}": a plain file has hour, g_per_kwh and, if need be, estimated`
  const estimated = names.indexOf('estimated')
  return {
    format: 'plain',
    count: names.length,
    time: names.indexOf('hour'),
    isUtc: false,
    value: names.indexOf('g_per_kwh'),
    zone: null,
    estimated: estimated < 0 ? null : estimated,
    dataSource: null,
  }
}
