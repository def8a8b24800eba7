import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { u95Of } from './factor-kinds'
import { shippedTables } from './fixtures'
import { readReferenceFiles } from './reference-files'
import { referenceRows } from './reference-rows'
import { yearFactorsOf } from './year-factors'

const files = readReferenceFiles()
const rows = referenceRows(files)
const tables = shippedTables()
const direct = (zone: string) =>
  yearFactorsOf(tables, zone, 'grid-direct-year').map(({ level, year, gPerKwh, status }) => [
    level,
    year,
    gPerKwh,
    status,
  ])
const lifecycle = (zone: string) =>
  yearFactorsOf(tables, zone, 'grid-lifecycle-year').map(({ level, year, gPerKwh }) => [level, year, gPerKwh])

describe('the shipped files', () => {
  it('carry every row over', () => {
    expect([files.direct.length, files.intensity.length, files.cloudRegions.length]).toEqual([118, 233, 124])
    expect([files.crosswalk.length, files.providers.length, files.profiles.length]).toEqual([68, 23, 9])
    expect([files.residuals.length, files.losses.length, files.technologies.length]).toEqual([70, 87, 25])
    expect([files.hardware.length, files.instances.length, files.fuels.length]).toEqual([78, 106, 61])
    expect([files.coefficients.length, files.hourlySources.length]).toEqual([159, 15])
    const ofKind = (...kinds: string[]) => rows.factors.filter((row) => kinds.includes(row.kind)).length
    expect([ofKind('residual-mix'), ofKind('technology'), ofKind('instance')]).toEqual([70, 25, 106])
    expect([ofKind('accelerator', 'cpu'), ofKind('gwp', 'fuel', 'fuel-upstream', 'leak-rate', 'water-supply')]).toEqual(
      [78, 61],
    )
  })

  it('a row that says "none" is kept, without a value and with a status that says so', () => {
    const without = rows.factors.filter((row) => row.value === null && row.profile === null)
    expect(without.length).toBeGreaterThan(20)
    expect(new Set(without.map((row) => row.status))).toEqual(new Set(['not-found', 'not-published']))
    expect(rows.factors.find((row) => row.id === 'residual:NL:2025')).toMatchObject({
      value: null,
      status: 'not-published',
    })
    expect(rows.factors.find((row) => row.id === 'technology:biomass:direct')?.value).toBe(0)
  })

  it('every number has a unit, a source and a status; what is ours is not in the row', () => {
    for (const row of rows.factors) {
      expect([row.id, row.unit !== '', row.source !== '', row.status !== '']).toEqual([row.id, true, true, true])
      expect(row.id).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}:._+-]*$/u)
      for (const cell of Object.values(row.attributes ?? {})) expect(cell).not.toBeNull()
    }
    expect(
      rows.factors
        .filter((row) => row.u95 != null)
        .map((row) => row.id)
        .every((id) => id.startsWith('embodied:')),
    ).toBe(true)
    expect(u95Of({ kind: 'residual-mix', u95: null, status: 'verified-secondary' })).toEqual({
      u95: 0.15,
      isOurs: true,
    })
    expect(u95Of({ kind: 'embodied', u95: null, status: 'proxy' })).toEqual({ u95: 0.6, isOurs: true })
    expect(u95Of({ kind: 'embodied', u95: 1.12, status: 'assumption' })).toEqual({ u95: 1.12, isOurs: false })
  })

  it('read a blank as unknown, never as zero', () => {
    const blank = files.cloudRegions.find((row) => row.region === 'ap-east-1')
    expect(blank?.pue).toBeNull()
    expect(rows.factors.filter((row) => row.kind === 'pue' && row.value === 0)).toEqual([])
    expect(rows.factors.some((row) => row.id === 'pue:aws:ap-east-1')).toBe(false)
  })

  it('place every cloud region, the formerly wrong and the formerly blank ones too (GRID_DIRECT.md)', () => {
    const zones = new Map(files.cloudRegions.map((row) => [row.region, row.grid_zone_em]))
    const mended = {
      'me-central1': 'QA',
      northcentralus: 'US-MIDA-PJM',
      'ca-west-1': 'CA-AB',
      'cn-north-1': 'CN',
      'cn-northwest-1': 'CN',
      'europe-north2': 'SE-SE3',
      'europe-west10': 'DE',
      'northamerica-south1': 'MX',
      'us-east2': 'US-SE-SOCO',
      westcentralus: 'US-NW-WACM',
      westus3: 'US-SW-AZPS',
      'us-central2': 'US-CENT-SWPP',
    }
    for (const [region, zone] of Object.entries(mended)) expect([region, zones.get(region)]).toEqual([region, zone])
    const known = new Set(rows.zones.map((row) => row.zone))
    expect(files.cloudRegions.filter((row) => !row.grid_zone_em || !known.has(row.grid_zone_em))).toEqual([])
  })

  const facts = new URL('../../../shared/facts/', import.meta.url)
  const present = (() => {
    try {
      return readdirSync(facts).length > 0
    } catch {
      return false
    }
  })()
  it.skipIf(!present)('equal the fact sheets (skipped where ../shared/facts is absent)', () => {
    const own = new URL('./data/', import.meta.url)
    for (const file of readdirSync(own)) {
      const [ours, theirs] = [own, facts].map((folder) => readFileSync(new URL(file, folder), 'utf8'))
      if (file.endsWith('.json')) expect(JSON.parse(ours ?? '')).toEqual(JSON.parse(theirs ?? ''))
      else expect(ours).toBe(theirs)
    }
  })
})

describe('factors', () => {
  it('have one id each', () => {
    const ids = rows.factors.map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keep their status: recalled stays recalled', () => {
    const status = (id: string) => rows.factors.find((row) => row.id === id)?.status
    expect(status('grid-direct:BR:2024:mcti')).toBe('recalled')
    expect(status('pue:industry-average')).toBe('recalled')
    expect(status('grid-direct:DE:2023:eea')).toBe('verified-secondary')
  })

  it('never carry a life-cycle average as direct', () => {
    for (const row of rows.factors) {
      if (row.id.startsWith('grid-lifecycle:')) expect(row.basis).toBe('lifecycle')
      if (row.id.startsWith('grid-direct:') || row.id.startsWith('grid-profile:')) expect(row.basis).toBe('direct')
    }
  })

  it('of a zone are the suggested series only, not another publisher, supplier or part of it', () => {
    expect(direct('DE')).toEqual([['zone', 2023, 329, 'verified-secondary']])
    expect(direct('GB').map(([, year, g]) => [year, g])).toEqual([
      [2026, 130.96],
      [2025, 177],
    ])
    expect(direct('ZA').map(([, , g]) => g)).toEqual([906])
    expect(direct('HK')).toEqual([['country', 2024, 505.02, 'verified']])
    expect(direct('CN')).toEqual([['country', 2023, 530.6, 'verified-secondary']])
    expect(direct('US-MIDA-PJM').map(([level, , g]) => [level, g])).toEqual([
      ['zone', 270.4889],
      ['country', 349.6671],
    ])
  })

  it('a national value applied to a bidding zone counts as the country’s', () => {
    for (const zone of ['DK-DK1', 'IT-NO', 'JP-TK', 'NO-NO1', 'SE-SE3', 'SE-SE4', 'IN-WE']) {
      expect(direct(zone).map(([level]) => level)).toEqual(['country'])
    }
    expect(direct('BR-CS')).toEqual([
      ['country', 2024, 54.5, 'recalled'],
      ['country', 2023, 38.5, 'verified-secondary'],
    ])
  })

  it('a US zone has its only subregion’s year, and the national one when it spans several', () => {
    expect(direct('US-NE-ISNE').map(([level, , g]) => [level, g])).toEqual([
      ['zone', 246.3814],
      ['country', 349.6671],
    ])
    expect(direct('US-NY-NYIS').map(([level, , g]) => [level, g])).toEqual([['country', 349.6671]])
    expect(direct('eGRID:NYCW').map(([level, , g]) => [level, g])).toEqual([
      ['zone', 392.6949],
      ['country', 349.6671],
    ])
  })

  it('life-cycle years: the zone’s before the country’s, also where no direct factor is known', () => {
    expect(lifecycle('DE')).toEqual([
      ['zone', 2025, 342],
      ['zone', 2024, 341],
      ['country', 2024, 342.06],
    ])
    expect(direct('CA')).toEqual([])
    expect(lifecycle('CA')).toEqual([['country', 2024, 184.99]])
    expect([...direct('QQ'), ...lifecycle('QQ')]).toEqual([])
  })

  it('a profile’s mean is the one of its own cells', () => {
    for (const row of rows.factors.filter((factor) => factor.kind === 'grid-profile')) {
      let sum = 0
      row.profile?.forEach((hours, month) => {
        const days = new Date(Date.UTC(row.year ?? 0, month + 1, 0)).getUTCDate()
        sum += days * hours.reduce((total, g) => total + g, 0)
      })
      expect(Math.abs(sum / 8760 - (row.value ?? 0))).toBeLessThan(0.1)
    }
  })
})
