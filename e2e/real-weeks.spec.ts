import { existsSync, readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { apiOf } from './support/api'
import { type HandHour, handWeek, readingsOf } from './support/hand-calculation'
import { createOrganization, type Organization } from './support/operator'
import { textOfPdf } from './support/pdf'
import { signIn } from './support/sign-in'

const HALF_A_MILLIGRAM_KG = 0.5e-6
const PUE = 1.25

interface Week {
  name: string
  zone: string
  from: string
  to: string
  csv: string
  gPerKwh: (hour: string) => number
  /** Hours without a value in the file. */
  empty: string[]
}

/** Electricity Maps' file may not be copied into the repository; it is read where it lies beside a checkout. */
const DE_FILE = '../shared/data/hourly/DE-LU_2023_em.csv'
const CISO_FILE = 'e2e/data/US-CAL-CISO_2022-01-03_week.csv'

const germany = (): Week => {
  const csv = readFileSync(DE_FILE, 'utf8')
  const direct = new Map(
    csv
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([at = '', , , , value = '']) => [`${at.replace(' ', 'T')}Z`, Number(value)]),
  )
  return {
    name: 'germany',
    zone: 'DE',
    from: '2023-06-12T00:00:00Z',
    to: '2023-06-19T00:00:00Z',
    csv,
    gPerKwh: (hour) => direct.get(hour) as number,
    empty: [],
  }
}

/** The typical hour of January at 10:00 UTC, scaled to the subregion's annual value: what stands in for the empty hour, tier 3. */
const californiaFallback = (): number => {
  const { profiles } = JSON.parse(readFileSync('lib/factors/data/profiles.json', 'utf8'))
  const profile = profiles.find(({ zone }: { zone: string }) => zone === 'US-CAL-CISO')
  const annual = readFileSync('lib/factors/data/grid_intensity.csv', 'utf8')
    .split('\n')
    .find((line) => line.includes('CAMX'))
  const gPerKwh = Number(annual?.split(',')[4])
  return (profile.g_per_kwh[0][10] * gPerKwh) / profile.quality.annual_mean_g
}

const california = (): Week => {
  const csv = readFileSync(CISO_FILE, 'utf8')
  const values = new Map(
    csv
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',') as [string, string]),
  )
  const empty = [...values].filter(([, value]) => value === '').map(([hour]) => hour)
  return {
    name: 'california',
    zone: 'US-CAL-CISO',
    from: '2022-01-03T00:00:00Z',
    to: '2022-01-10T00:00:00Z',
    csv,
    gPerKwh: (hour) => (empty.includes(hour) ? californiaFallback() : Number(values.get(hour))),
    empty,
  }
}

const kilograms = (hours: HandHour[]): number => hours.reduce((sum, { kg }) => sum + kg, 0)

const weekIsAccounted = async (page: Page, organization: Organization, week: Week) => {
  const { request } = page
  const api = apiOf(request, organization.key)
  const [from, to] = [Date.parse(week.from), Date.parse(week.to)]
  const imported = await api.postCsv(`/api/v1/grid/intensity?zone=${week.zone}&basis=direct`, week.csv)
  expect([imported.status(), (await imported.json()).zone]).toEqual([201, week.zone])
  const stored = await api.post('/api/v1/readings', {
    run: week.name,
    model: 'm',
    team: 't',
    stage: 'training',
    grid_zone: week.zone,
    deployment: 'owned',
    pue: PUE,
    readings: readingsOf(from, to),
  })
  expect(await stored.json()).toEqual({ accepted: 7 * 24 * 4 + 1, duplicate: 0, rejected: [] })

  const hand = handWeek(from, to, PUE, week.gPerKwh)
  const answer = await api.settledEmissions(
    week.from,
    week.to,
    'hour',
    (a) => a.rows.length === hand.length && a.total.location_kg !== null,
  )

  await test.step('each hour of the API is the hand calculation, within half a milligram', () => {
    answer.rows.forEach((row, index) => {
      const expected = hand[index] as HandHour
      expect(row.hour).toBe(expected.hour)
      expect(Math.abs((row.energy_kwh as number) - expected.itKwh)).toBeLessThanOrEqual(
        0.5e-9 + Number.EPSILON * expected.itKwh,
      )
      expect(Math.abs((row.location_kg as number) - expected.kg), expected.hour).toBeLessThanOrEqual(
        HALF_A_MILLIGRAM_KG * 1.01,
      )
      expect(row.tier).toBe(week.empty.includes(expected.hour) ? 3 : row.tier === 2 ? 2 : 1)
    })
    expect(answer.total.coverage).toBe(1)
    expect(answer.total.gaps).toEqual([])
  })

  const total = answer.total.location_kg as number
  const exact = String(total)
  expect(Math.abs(total - kilograms(hand))).toBeLessThanOrEqual(HALF_A_MILLIGRAM_KG * hand.length)

  await test.step('the CSV sums to the same milligrams', async () => {
    for (const grain of ['day', 'hour']) {
      const csv = await (
        await api.get(`/api/v1/exports/ledger.csv?from=${week.from}&to=${week.to}&grain=${grain}`)
      ).text()
      const [head = '', ...lines] = csv.trim().split('\r\n')
      const column = head.split(',').indexOf('"co2e_kg"')
      const milligrams = lines.map((line) => Math.round(Number(line.split(',')[column]) * 1e6))
      expect(milligrams.reduce((sum, mg) => sum + mg, 0)).toBe(Math.round(total * 1e6))
    }
  })

  await test.step('the statement prints the same kilograms', async () => {
    const pdf = await api.get(`/api/v1/reports/${week.from.slice(0, 4)}.pdf`)
    expect(pdf.status()).toBe(200)
    expect((await textOfPdf(await pdf.body())).replaceAll(/[,\s\u202f]/g, '')).toContain(exact)
  })

  await test.step('the pages show the same kilograms', async () => {
    await signIn(page, organization)
    await page.goto(`/o/${organization.slug}/ledger?from=${week.from.slice(0, 10)}&to=${week.to.slice(0, 10)}`)
    await expect(page.getByRole('main')).toContainText(exactShown(exact))
  })
}

/** As the ledger's footer sets it: exact, with thousands apart. */
const exactShown = (exact: string): RegExp => {
  const [whole = '', fraction = ''] = exact.split('.')
  return new RegExp(`${whole.replace(/\B(?=(\d{3})+$)/g, '[,\\u202f]?')}\\.${fraction}`)
}

test('a real week of Germany: page, API, CSV and PDF are the hand calculation', async ({ page }) => {
  test.skip(!existsSync(DE_FILE), 'the Electricity Maps file of 2023 is not beside this checkout')
  await weekIsAccounted(page, createOrganization('germany'), germany())
})

test('a real week of California with an empty hour: it takes a fallback with its tier, never a zero', async ({
  page,
}) => {
  const week = california()
  expect(week.empty).toEqual(['2022-01-05T10:00:00Z'])
  await weekIsAccounted(page, createOrganization('california'), week)
})

test('BERT fine-tune: 0.3 kW over 100 h at 400 g/kWh and PUE 1 is 30 kWh and 12 kg', async ({ request }) => {
  const api = apiOf(request, createOrganization('bert').key)
  const context = { run: 'bert', model: 'bert-base', team: 'nlp', stage: 'fine-tuning', deployment: 'owned', pue: 1 }
  const window = { start: '2026-03-01T00:00:00Z', end: '2026-03-05T04:00:00Z' }
  const stored = await api.post('/api/v1/activities', { ...context, ...window, energy_kwh: 30, grid_g_per_kwh: 400 })
  expect(stored.status()).toBe(201)
  expect(await stored.json()).toMatchObject({
    energy_kwh: 30,
    facility_kwh: 30,
    // No contract and no residual mix is known of a declared intensity: the location-based one stands in, flagged.
    co2e_kg: { location: 12, market: 12 },
  })
  const { rows } = await api.settledEmissions(
    '2026-03-01T00:00:00Z',
    '2026-03-06T00:00:00Z',
    'run',
    (a) => a.total.energy_kwh === 30,
  )
  expect(rows).toMatchObject([{ run: 'bert', energy_kwh: 30, facility_kwh: 30, location_kg: 12 }])
})
